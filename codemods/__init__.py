"""Codemods: source in, changes out.

A codemod is one file or folder here: a frozen dataclass whose fields are its options and whose docstring is
its documentation (`engine/codemod.py` is the contract, `engine/propose.py` calls it). `facts/` knows what takes
more than one file to know, `engine/` one file and the flow. Nothing here touches the disk, a process, git or the
terminal; that is the business of `runner`.
"""

from __future__ import annotations

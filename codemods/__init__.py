"""Codemods: source in, changes out.

A codemod is one file in this folder: a frozen dataclass whose fields are its options and whose
docstring is its documentation. `needles` says which files matter, `scan` and `merge` gather what
must be known about the project, `find` proposes edits, `settle` joins them into changes that apply
whole or not at all (`base.py` is the contract, `engine.py` calls it). Nothing here touches the
disk, a process, git or the terminal; that is the business of `runner`.
"""

from __future__ import annotations

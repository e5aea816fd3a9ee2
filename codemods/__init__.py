"""Codemods: source in, changes out.

A codemod is one file or folder here: a frozen dataclass whose fields are its options and whose docstring is
its documentation (`engine/codemod.py` is the contract, `engine/propose.py` calls it). `facts/` knows what takes
more than one file to know, `engine/` one file and the flow. Nothing here touches the disk, a process, git or the
terminal; that is the business of `runner`.

**What moves.** Text is taken away by one edit and put by another that says where it comes from
(`edits.move_text(Span(path, start, end), to, at)`); the engine brings the text, compares it byte for byte (line
endings become those of the file it comes to) and counts comments over all files of a change. A file is
`create_file(path, like=other)`, `move_file(path, to)` or `delete_file(path)`, each an edit of a part like any other.
"""

from __future__ import annotations

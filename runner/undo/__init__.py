"""`codemod undo`: which run is meant (`choice`), what is on record of it (`records`, `runs`), and how it is taken back:
the files of a run in place (`files`), a branch or what became of it (`branch`, by `reverse` and `lines`)."""

from __future__ import annotations

"""`codemod batch run`: fetch, plan again, see what there is, and do exactly what is left to do.

Everything is read from refs and the forge each time. Whenever it is killed, the next run finds what was done and does
the rest: commits come out with the same ids, a branch that is there is not pushed, a pull request that is open is not
opened again, and its labels, which come last, tell that it was brought to its end.
"""

from __future__ import annotations

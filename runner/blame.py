"""`--blame-ignore`: the list of commits that `git blame` passes over, so that a line stays its author's."""

from __future__ import annotations

LIST = ".git-blame-ignore-revs"

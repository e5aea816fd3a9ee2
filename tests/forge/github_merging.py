"""GitHub merges: at once, in the background, through a queue; and stacks."""

from __future__ import annotations

from tests.forge.github import Handler

MERGING: dict[str, Handler] = {}

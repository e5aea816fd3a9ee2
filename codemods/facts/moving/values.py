"""What is moved, as the steps of a move say it."""

from __future__ import annotations

from dataclasses import dataclass

from ...engine.source import Source
from ...engine.values import Edit, Span


@dataclass(frozen=True, order=True)
class Text:
    """A replaced span of the file; `moved` is where the new text comes from."""

    start: int
    end: int
    new: str = ""
    moved: Span | None = None
    drops_comments: bool = False

    def edit(self, path: str, file: Source) -> Edit:
        """The edit of a file; new text gets the line endings of the one that it comes from."""
        new = self.new.replace("\n", file.newline) if file.newline != "\n" else self.new
        return Edit(path, self.start, self.end, "" if self.moved else new, moved=self.moved)


@dataclass(frozen=True)
class Target:
    """The two modules, as other files name them."""

    source: str  # path
    dest: str
    source_name: str  # dotted
    dest_name: str

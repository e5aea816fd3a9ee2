"""Files that cannot be read, of which nobody knows whether they refer to something."""

from __future__ import annotations

from collections.abc import Iterator

from ...engine.known import Project
from ...engine.source import PYTHON


def unreadable(project: Project, what: str) -> Iterator[tuple[str, int, str]]:
    """Path, line and words for each file with Python code that was to be read for something."""
    for path, skip in project.unreadable.items():
        if path.endswith(PYTHON):
            yield path, skip.line, f"it holds {what} perhaps, and cannot be read: {skip.reason}"

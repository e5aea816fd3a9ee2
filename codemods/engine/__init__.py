"""One file and the flow: source in, changes out. LibCST and the standard library only; knows no codemod by name.

What a codemod of your own needs is here: `from codemods.engine import Codemod, Needles, Part, Source`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .codemod import Codemod, Needles, OptionError, option
from .known import Decisions, Known, Project, Wants
from .values import Change, Edit, Import, Part, Safety, Skip, Span

if TYPE_CHECKING:
    from .source import Source

__all__ = [
    "Change", "Codemod", "Decisions", "Edit", "Import", "Known", "Needles", "OptionError", "Part", "Project", "Safety",
    "Skip", "Source", "Span", "Wants", "option",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """`Source` when it is asked for first: reading code is for whoever runs something, not for --help."""
    if name != "Source":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from .source import Source

    return Source

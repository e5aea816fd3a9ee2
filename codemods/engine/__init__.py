"""One file and the flow: source in, changes out. LibCST and the standard library only; knows no codemod by name.

What a codemod of your own needs is here: `from codemods.engine import Codemod, Needles, Part, Source`.
"""

from __future__ import annotations

from .codemod import Codemod, Needles, OptionError, option
from .known import Decisions, Known, Project, Wants
from .source import Source
from .values import Change, Edit, Import, Part, Safety, Skip

__all__ = [
    "Change", "Codemod", "Decisions", "Edit", "Import", "Known", "Needles", "OptionError", "Part", "Project", "Safety",
    "Skip", "Source", "Wants", "option",
]  # fmt: skip

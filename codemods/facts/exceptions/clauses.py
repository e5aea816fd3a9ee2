"""The clauses of a file as plain data, and what is read of a file of tests: its mocks say nothing of what its bodies raise."""

from __future__ import annotations

import ast
from typing import Any

from ...engine.source import Source
from ..types.scan import read as types_of
from .broad import Broad, broad_clauses
from .data import Clause, FlowFacts
from .injections import injections


def of_tests(file: Source) -> FlowFacts:
    """Where the clauses of a file of tests stand, and what its tests inject: no flows."""
    return FlowFacts(
        types=types_of(file, calls=False),
        clauses=tuple(clause_of(each) for each in broad_clauses(file)),
        injections=injections(file),
    )


def clause_of(broad: Broad, **more: Any) -> Clause:
    """A clause that takes everything, with `more` of its fields."""
    last = broad.node if isinstance(broad.node, ast.ExceptHandler) else broad.statement
    return Clause(
        line=broad.line, kind=broad.kind, begin=broad.statement.lineno, end=last.end_lineno or last.lineno, **more
    )

"""Carry planned names out with LibCST, statement by statement.

The plan says at which characters OLD stands; a LibCST transformer puts NEW there, over the smallest
regions. So two parsers agree on every edit: a place that LibCST does not see as a name, or as text
inside a string, stops the whole change.
"""

from __future__ import annotations

import ast
import bisect
from collections.abc import Iterator, Sequence

import libcst as cst

from ..engine.compose import splice
from ..engine.regions import Rewriter, header_end, rewrite, rewrite_header
from ..engine.source import Definition, Source
from ..engine.values import Edit

Span = tuple[int, int, str]  # start, end, new text


def rename(file: Source, spans: Sequence[Span]) -> tuple[Edit, ...]:
    """The edits for planned spans. Raises ValueError where LibCST sees something else than the plan."""
    planned = [Edit(file.path, *span) for span in spans]
    names = [s for s in spans if file.text[s[0] : s[1]].isidentifier()]
    moved = [e for e, s in zip(planned, spans, strict=True) if s not in names]  # inserted or deleted text
    edits = set(_regions(file, file.tree.body, names))
    result = (*moved, *sorted(edits))
    if splice(file, result) != splice(file, planned):
        raise ValueError("LibCST and ast do not see the same names")
    return result


def _regions(file: Source, body: Sequence[ast.stmt], names: Sequence[Span]) -> Iterator[Edit]:
    """Rewrite each statement that holds a name: of a definition the header, then its body's statements."""
    for statement in body:
        start = file.line_starts[file.first_line(statement) - 1]
        mine = [s for s in names if start <= s[0] < file.end(statement)]
        if not mine:
            continue
        if isinstance(statement, Definition):
            colon = header_end(file, statement)
            if any(s[0] < colon for s in mine):
                yield from rewrite_header(file, statement, _Names(mine))
            yield from _regions(file, statement.body, [s for s in mine if s[0] > colon])
        else:
            yield from rewrite(file, statement, _Names(names))


class _Names(Rewriter):
    """Puts new names at planned places: identifiers, and words inside string literals."""

    def __init__(self, spans: Sequence[Span]) -> None:
        super().__init__()
        self.spans = sorted(spans)
        self.starts = [s[0] for s in self.spans]

    def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> cst.Name:
        return updated_node.with_changes(value=self._renamed(original_node, original_node.value))

    def leave_SimpleString(self, original_node: cst.SimpleString, updated_node: cst.SimpleString) -> cst.SimpleString:
        return updated_node.with_changes(value=self._renamed(original_node, original_node.value))

    def leave_FormattedStringText(
        self, original_node: cst.FormattedStringText, updated_node: cst.FormattedStringText
    ) -> cst.FormattedStringText:
        return updated_node.with_changes(value=self._renamed(original_node, original_node.value))

    def _renamed(self, node: cst.CSTNode, text: str) -> str:
        at = self.offset(node)
        first, last = (bisect.bisect_left(self.starts, n) for n in (at, at + len(text)))
        for start, end, new in reversed(self.spans[first:last]):
            text = text[: start - at] + new + text[end - at :]
        return text

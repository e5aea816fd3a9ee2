"""Names of an import that were sorted stay so, in the order that was kept: isort's and ruff's by kind, or by letters alone."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ..engine.source import Source
from .values import Span


def _by_kind(name: str) -> tuple[int, str]:
    """CONSTANTS, Classes, functions: what ruff and isort do unless they are told otherwise."""
    kind = 0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2
    return kind, name


def _folded_by_kind(name: str) -> tuple[int, str, str]:
    return _by_kind(name)[0], name.casefold(), name


_KEYS: tuple[Callable[[str], Any], ...] = (_by_kind, _folded_by_kind, str.casefold, str)


def in_order(file: Source, spans: Sequence[Span], others: Sequence[Span]) -> list[Span]:
    """The spans, those of an import whose names would no longer be sorted put together into one that holds the names anew.
    An import in which another change has a span of `others` keeps its order: each change must be right alone."""
    found = [*spans]
    lines = sorted({file.line_of(start) for start, *_ in spans})
    for node in file.walk(file.tree, lines):
        if isinstance(node, ast.ImportFrom) and len(node.names) > 1:
            first, last = file.start(node.names[0]), file.end(node.names[-1])
            inside = [s for s in found if first <= s[0] and s[1] <= last]
            if any(first <= start and end <= last for start, end, *_ in others):
                continue
            if inside and (whole := _sorted(file, node, inside)) is not None:
                found = [s for s in found if s not in inside] + [whole]
    return sorted(found)


def _sorted(file: Source, node: ast.ImportFrom, inside: Sequence[Span]) -> Span | None:
    """One span for the names of an import, sorted; None where they stay sorted, or never were, or stand beside comments."""
    first, last = file.start(node.names[0]), file.end(node.names[-1])
    text = file.text[first:last]
    old = [alias.name for alias in node.names]
    if "#" in file.text[first : file.line_end(file.line_of(file.end(node)))] or "\\" in text:
        return None
    places = [file.span(alias) for alias in node.names]
    texts = [_replaced(file, start, end, inside) for start, end in places]
    new = [each.split()[0] for each in texts]
    key = next((key for key in _KEYS if old == sorted(old, key=key)), None)
    if key is None or new == sorted(new, key=key):
        return None
    ordered = iter(sorted(texts, key=lambda each: key(each.split()[0])))
    return first, last, text, "".join(_pieces(file, places, ordered))


def _pieces(file: Source, places: Sequence[tuple[int, int]], texts: Iterator[str]) -> Iterator[str]:
    done = places[0][0]
    for start, end in places:
        yield file.text[done:start] + next(texts)
        done = end


def _replaced(file: Source, start: int, end: int, spans: Sequence[Span]) -> str:
    text = file.text[start:end]
    for first, last, _, new in sorted(spans, reverse=True):
        if start <= first and last <= end:
            text = text[: first - start] + new + text[last - start :]
    return text

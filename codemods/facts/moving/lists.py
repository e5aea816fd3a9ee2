"""`__all__`: the lists that it is written as, an entry less, an entry more."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Sequence

from ...engine.source import Source
from .units import Outline
from .values import Text

Listed = ast.List | ast.Tuple | ast.Set


def in_all(outline: Outline, always: bool = False) -> list[Listed]:
    """The lists of names that `__all__` is written as; `always`: those among them that count under any condition."""
    found = []
    for value, when in outline.names.built(outline.file.tree.body, "__all__"):
        parts = dict(outline.names.spread(value, when, seen=("__all__",)))
        for node in ast.walk(value):
            if isinstance(node, Listed):
                whens = [parts[e] for e in node.elts if e in parts] or ([when] if node is value else [])
                if whens and not (always and any(w is not None for w in whens)):
                    found.append(node)
    return sorted(found, key=outline.file.start)


def kept(outline: Outline, names: Collection[str]) -> Iterator[ast.Constant]:
    """The entries of `__all__` for some names that no list has which it is written as: in `append`, in a list that it takes in."""
    own = {entry for listed in in_all(outline) for entry in listed.elts}
    for value, when in outline.names.built(outline.file.tree.body, "__all__"):
        for part, _ in outline.names.spread(value, when, seen=("__all__",)):
            if isinstance(part, ast.Constant) and part not in own and _name(part) in names:
                yield part


def _name(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def without(file: Source, listed: Listed, names: frozenset[str]) -> Iterator[Text]:
    """A list without some of its entries."""
    entries = listed.elts
    gone = [n for n, e in enumerate(entries) if _name(e) in names]
    kept = [n for n in range(len(entries)) if n not in gone]
    if not kept and gone:
        start, end = file.span(listed)
        drops = "#" in file.text[start:end]
        inside = file.text[start] in "([{"
        yield (
            Text(start + 1, end - 1, drops_comments=drops) if inside else Text(start, end, "()", drops_comments=drops)
        )
        return
    for n in gone:
        start, end = file.span(entries[n])
        line = file.line(entries[n].lineno)
        if line.partition("#")[0].strip().rstrip(",") == file.text[start:end]:
            first, below = file.line_starts[entries[n].lineno - 1], file.line_end(entries[n].lineno)
            yield Text(first, below, drops_comments="#" in line.replace(file.text[start:end], ""))
        elif (
            n - 1 in kept
            and any(m > n for m in kept)
            and _ends_line(file, entries[n - 1], entries[n], entries[n + 1])
        ):
            yield Text(file.end(entries[n - 1]), end)  # the lines stay as they were broken
        elif any(m > n for m in kept):
            yield Text(start, file.start(entries[n + 1]))
        else:
            yield Text(file.end(entries[n - 1]), end)
    if isinstance(listed, ast.Tuple) and len(kept) == 1 and gone:  # it stays a tuple
        end = file.end(entries[kept[0]])
        if "," not in file.text[file.end(entries[-1]) : file.end(listed)]:
            yield Text(end, end, ",")


def _ends_line(file: Source, before: ast.expr, entry: ast.expr, below: ast.expr) -> bool:
    """Whether an entry is the last on a line that begins with others, and no comment stands between it and its neighbours."""
    around = file.text[file.end(before) : file.start(below)]
    return before.end_lineno == entry.lineno and entry.end_lineno != below.lineno and "#" not in around


def quote_of(file: Source, listed: Listed) -> str:
    """The mark that the entries of a list stand in."""
    return next((file.segment(entry)[-1] for entry in listed.elts if _name(entry)), '"')


def with_(file: Source, listed: Listed, names: Sequence[str]) -> Iterator[Text]:
    """A list with more entries, where its order wants them."""
    entries = listed.elts
    there = [_name(e) for e in entries]
    quote = quote_of(file, listed)
    if not entries and names:
        inside = file.end(listed) - 1
        comma = "," if isinstance(listed, ast.Tuple) and len(names) == 1 else ""
        yield Text(inside, inside, ", ".join(f"{quote}{name}{quote}" for name in names) + comma)
        return
    for name in names:
        if name in there:
            continue
        text = f"{quote}{name}{quote}"
        order = next((key for key in (str, str.casefold) if there == sorted(there, key=key)), None)
        place = sum(order(t) <= order(name) for t in there) if order and len(there) > 1 else len(there)
        if place < len(entries):
            start = file.start(entries[place])
            indent = file.text[file.line_starts[entries[place].lineno - 1] : start]
            yield Text(start, start, f"{text},\n{indent}" if not indent.strip() else f"{text}, ")
            continue
        end = file.end(entries[-1])
        rest = file.text[end : file.line_end(entries[-1].end_lineno or 0)]
        indent = file.text[file.line_starts[entries[-1].lineno - 1] : file.start(entries[-1])]
        if not indent.strip() and rest.partition("#")[0].strip() in ("", ","):
            if not rest.lstrip().startswith(","):
                yield Text(end, end, ",")
            last = file.line_end(entries[-1].end_lineno or 0)
            yield Text(last, last, f"{indent}{text},\n")
        else:
            yield Text(end, end, f", {text}")

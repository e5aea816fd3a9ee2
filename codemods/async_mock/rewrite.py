"""The edits of one site: a constructor renamed, a child made an AsyncMock, a dictionary's key."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

from ..engine.arguments import positional
from ..engine.bindings import joined
from ..engine.edits import add_keyword, whole
from ..engine.names import Reference, last_name
from ..engine.parsing import parse
from ..engine.source import Definition
from ..engine.values import Edit, Import, Unreadable
from . import alignment
from .mocks import Mocks
from .sites import CONFIG, Site
from .value import LIBRARIES
from .verdict import Verdict

_ASSERTS = {
    "assert_called": "assert_awaited", "assert_called_once": "assert_awaited_once",
    "assert_called_with": "assert_awaited_with", "assert_called_once_with": "assert_awaited_once_with",
    "assert_any_call": "assert_any_await", "assert_has_calls": "assert_has_awaits",
}  # fmt: skip
_KEY = re.compile(r"""([a-zA-Z]*(\"{3}|'{3}|"|')[\w.]+)\.\w+\2""")


@dataclass(frozen=True)
class Rewritten:
    """The edits of a site and the imports that go with them; `code` where they cannot be made."""

    edits: tuple[Edit, ...] = ()
    requires: tuple[Import, ...] = ()
    frees: tuple[Import, ...] = ()
    code: str = ""
    reason: str = ""


def site(mocks: Mocks, site: Site, verdict: Verdict, assert_awaited: bool) -> Rewritten:
    """What changes in the file for one site."""
    name = _reference(mocks, site, verdict.to)
    plain = _plain_result(mocks, site) if verdict.wrap_result else Reference(text="", requires=())
    if name is None or plain is None:
        taken = verdict.to if name is None else "MagicMock"
        return Rewritten(code="M27-name-taken", reason=f"the name {taken} means something else here")
    result = plain.text and f"{plain.text}()"
    inline = _inline(site, result)
    value = _unwrapped_text(mocks, site, verdict) if inline else ""
    if value is None:
        return Rewritten(code="M20-already-awaitable", reason="the value that it would give cannot be written here")
    if site.cls is not None:
        edits = _class(mocks, site, site.cls, name.text, result)
    elif site.style == "key":
        edits = _key(mocks, site, name.text, value)
    elif inline:
        edits = _moved(mocks, site.lines[0], name.text, value)
    elif not (edits := _before(mocks, site, name.text, result)):
        return Rewritten(code="M29-scattered", reason="no one line comes before everything that configures it")
    if not inline:
        edits += [edit for _, each in verdict.unwrapped for edit in each]
    if site.style != "config" or len(site.lines) == 1:
        edits = [*alignment.follow(mocks.file, site.node, edits)]
    edits += _annotations(mocks, site, name.text)
    if assert_awaited:
        edits += asserts(mocks, site)
    named = site.cls.id if isinstance(site.cls, ast.Name) else ""  # by an import that may be of no more use
    frees = mocks.places.names.imports_as(named)
    return Rewritten(edits=tuple(dict.fromkeys(edits)), requires=(*name.requires, *plain.requires), frees=frees)


# ---- names -------------------------------------------------------------------------------------


def _reference(mocks: Mocks, site: Site, wanted: str) -> Reference | None:
    """How a class is written here: beside the one that stands there now, where there is one."""
    if isinstance(site.cls, ast.Attribute):
        return Reference(text=f"{mocks.file.segment(site.cls.value)}.{wanted}", requires=())
    where = library(mocks, site)
    if where == "mocker":
        return Reference(text=f"mocker.{wanted}", requires=())
    if wanted == "AsyncMock" and binds_async_mock(mocks, site.node):
        return Reference(text=wanted, requires=())
    default = Import(_door(mocks, site.cls, where, wanted), wanted)
    return mocks.places.names.reference(f"{where}.{wanted}", default, at=site.node)


def _door(mocks: Mocks, named: ast.expr | None, where: str, wanted: str) -> str:
    """The module to import a name from: the project's own one that the class there now came through, if that gives
    it, else the library."""
    for item in mocks.places.names.imports_as(named.id) if isinstance(named, ast.Name) else ():
        if item.name and mocks.file.origins.get(joined(item.module, wanted)) == f"{where}.{wanted}":
            return item.module
    return where


def binds_async_mock(mocks: Mocks, node: ast.AST) -> bool:
    """Whether the name AsyncMock is the library's at a node, perhaps by `try` and `except ImportError`."""
    return mocks.places.meaning("AsyncMock", mocks.places.names.scope(node))[1] in [
        f"{each}.AsyncMock" for each in LIBRARIES
    ]


def library(mocks: Mocks, site: Site) -> str:
    """The library that the site's mock comes from; for a child, the one that the file imports."""
    if site.cls is not None:
        return mocks.split(site.cls)[0]
    for meaning in mocks.places.types.imports.values():
        for each in LIBRARIES:
            if f"{meaning}.".startswith(f"{each}."):
                return each
    function = mocks.places.function(site.node)
    return "mocker" if function is not None and "mocker" in positional(function) else "unittest.mock"


def _plain_result(mocks: Mocks, site: Site) -> Reference | None:
    """The class that the result was so far: it stays a plain mock."""
    if site.style == "call" and site.cls is not None:
        return Reference(text=mocks.file.segment(site.cls), requires=())
    return _reference(mocks, site, "MagicMock")


# ---- styles ------------------------------------------------------------------------------------


def _class(mocks: Mocks, site: Site, cls: ast.expr, name: str, result: str) -> list[Edit]:
    """Another class, and a result of its own where it needs one."""
    start, end = mocks.file.span(cls)
    if isinstance(cls, ast.Attribute):  # the rest stays
        start, name = end - len(cls.attr), name.rpartition(".")[2]
    given = add_keyword(mocks.file, site.node, "return_value", result, first=True) if result else None
    return [mocks.file.replace((start, end), name), *([given] if given else ())]


def _inline(site: Site, result: str) -> bool:
    """Whether the one value of a site moves into the new call."""
    match site.style, site.lines:
        case "key", _:
            return len(site.values) == 1
        case "config", [ast.Assign(targets=[ast.Attribute(value=child, attr=slot), *_])]:
            return not result and slot in CONFIG and child is site.node
    return False


def _unwrapped_text(mocks: Mocks, site: Site, verdict: Verdict) -> str | None:
    """What is written for the one value that is unwrapped; "" where it stays, None where it cannot be written."""
    for value, edits in verdict.unwrapped:
        start, text = mocks.file.start(value), mocks.file.segment(value)
        if any("#" in mocks.file.segment(line).replace(text, "", 1) for line in site.lines):
            return None  # a comment beside the value
        for edit in sorted(edits, reverse=True):
            text = text[: edit.start - start] + edit.new + text[edit.end - start :]
        return text if _is_expression(text) else None
    return ""


def _is_expression(text: str) -> bool:
    try:
        return bool(parse(f"({text}\n)").body)
    except Unreadable:
        return False


def _as_argument(mocks: Mocks, span: tuple[int, int], call: str, value: str = "") -> list[Edit]:
    """What stands in a span, or another value, becomes the argument of a call that begins with a text."""
    start, end = span
    if value:
        return [mocks.file.replace(span, f"{call}{value})")]
    return [mocks.file.replace((start, start), call), mocks.file.replace((end, end), ")")]


def _moved(mocks: Mocks, line: ast.stmt, name: str, value: str) -> list[Edit]:
    """`x.m.return_value = v` becomes `x.m = AsyncMock(return_value=v)`; `value` is new text for v."""
    assert isinstance(line, ast.Assign)
    file, target = mocks.file, line.targets[0]
    end = file.end(target)
    span = whole(file, line.value, file.text.index("=", end) + 1, file.end(line))
    text, call = file.text[slice(*span)], f"{name}({last_name(target)}="
    if isinstance(line.value, ast.Tuple | ast.Yield) and not (text[0] == "(" and _is_expression(text[1:-1])):
        value = value or f"({text})"
    return [file.replace((file.text.rindex(".", 0, end), end), ""), *_as_argument(mocks, span, call, value)]


def _before(mocks: Mocks, site: Site, name: str, result: str) -> list[Edit]:
    """`x.m = AsyncMock()` goes before the first of several lines; nothing where none comes before all others."""
    file = mocks.file
    first = min(site.lines, key=lambda s: (s.lineno, s.col_offset))
    if (before := _dominating(mocks, site, first)) is None:
        return []
    child = " ".join(ast.unparse(site.node).split())
    text = f"{child} = {name}({result and f'return_value={result}'})"
    start = file.start(before)
    indent = file.text[file.line_starts[before.lineno - 1] : start]
    return [file.replace((start, start), text + ("; " if indent.strip() else f"{file.newline}{indent}"))]


def _dominating(mocks: Mocks, site: Site, first: ast.stmt) -> ast.stmt | None:
    """The first line, or the statement around it that comes before all of the others."""
    file = mocks.file
    current: ast.stmt = first
    while True:
        parent, block = file.parents[current], file.suite(current)
        later = block[block.index(current) :]
        if all(any(s is line or s in file.ancestors(line) for s in later) for line in site.lines):
            break
        if not isinstance(parent, ast.stmt) or isinstance(parent, Definition):
            return None
        current = parent
    if current is not first:
        root = site.places[0][1].partition(".")[0]
        for binding in mocks.places.bindings.get((site.places[0][0], root), []):
            if binding.node is not None and current in file.ancestors(binding.node):
                return None
    return current


def _key(mocks: Mocks, site: Site, name: str, value: str) -> list[Edit]:
    """`"m.return_value": v` becomes `"m": AsyncMock(return_value=v)`; of several values the first gets a key before it."""
    file, mapping, key = mocks.file, mocks.file.parents[site.node], site.node
    text = _KEY.fullmatch(file.segment(key))
    if text is None or not isinstance(mapping, ast.Dict):
        return []
    child, start, end = text[1], *file.span(key)
    if len(site.values) > 1:
        return [file.replace((start, start), f"{child}{text[2]}: {name}(), ")]
    span = whole(file, site.values[0][1], file.text.index(":", end) + 1, file.end(mapping) - 1)
    short = file.replace((start + len(child), end - len(text[2])), "")
    return [short, *_as_argument(mocks, span, f"{name}({site.values[0][0]}=", value)]


# ---- what goes with it -------------------------------------------------------------------------


def _annotations(mocks: Mocks, site: Site, name: str) -> list[Edit]:
    """`x: MagicMock` of a place that holds this mock alone: an AsyncMock is no MagicMock."""
    if site.mock != "MagicMock" or site.cls is None:
        return []
    edits = []
    for place in site.places:
        bindings = mocks.places.bindings.get(place, [])
        if len(bindings) != 1 or bindings[0].annotation is None:
            continue
        edits += _renamed(mocks, bindings[0].annotation, name)
    function = mocks.places.function(site.node)
    if function is not None and function.returns is not None and mocks.places.is_fixture(function):
        results = mocks.places.results(function)
        held = [mocks.places.place(r) for r in results]
        if results == [site.node] or (len(held) == 1 and held[0] in site.places and held[0] is not None):
            edits += _renamed(mocks, function.returns, name)
    return edits


def _renamed(mocks: Mocks, annotation: ast.expr, name: str) -> list[Edit]:
    return [
        mocks.file.replace(node, name)
        for node in ast.walk(annotation)
        if isinstance(node, ast.Name | ast.Attribute) and mocks.mock_name(node) == "MagicMock"
    ]


def asserts(mocks: Mocks, site: Site) -> list[Edit]:
    """`m.assert_called_once()` → `m.assert_awaited_once()`."""
    edits = []
    for use in site.uses:
        parent = mocks.file.parents.get(use)
        if isinstance(parent, ast.Attribute) and parent.attr in _ASSERTS:
            end = mocks.file.end(parent)
            edits.append(Edit(mocks.file.path, end - len(parent.attr), end, _ASSERTS[parent.attr]))
    return edits

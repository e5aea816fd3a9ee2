"""The edits of one site: a constructor renamed, a child made an AsyncMock, a dictionary's key.

Nodes are located in the `ast`; the text is rewritten by LibCST over the smallest region.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence

import libcst as cst

from ..engine.arguments import arguments
from ..engine.bindings import canonical, joined
from ..engine.edits import used_imports
from ..engine.names import Reference
from ..engine.regions import Rewriter, rewrite, rewrite_expression
from ..engine.values import Edit, Import, Part, Skip
from . import alignment
from .mocks import Mocks
from .sites import CONFIG, Site
from .value import LIBRARIES
from .verdict import Verdict

ASSERTS = {
    "assert_called": "assert_awaited", "assert_called_once": "assert_awaited_once",
    "assert_called_with": "assert_awaited_with", "assert_called_once_with": "assert_awaited_once_with",
    "assert_any_call": "assert_any_await", "assert_has_calls": "assert_has_awaits",
}  # fmt: skip


def site(mocks: Mocks, site: Site, verdict: Verdict, assert_awaited: bool) -> Part | Skip:
    """What changes in the file for one site, or why nothing can."""
    file, line, now = mocks.file, site.node.lineno, _named(site)
    name = _reference(mocks, site, verdict.to)
    plain: Reference | None = Reference("", ())
    if verdict.wrap_result:  # the class that the result was so far
        kept = now if site.style == "call" else None
        plain = Reference(file.segment(kept), ()) if kept is not None else _reference(mocks, site, "MagicMock")
    if name is None or plain is None:
        taken = "MagicMock" if name is not None else verdict.to
        return Skip(file.path, line, "M27-name-taken", f"the name {taken} means something else here")
    result = f"{plain.text}()" if plain.text else ""
    inline = _inline(site, result)
    value = _unwrapped_text(mocks, site, verdict) if inline else ""
    if value is None:
        reason = "the value that it would give cannot be written here"
        return Skip(file.path, line, "M20-already-awaitable", reason)
    edits: Sequence[Edit] | None
    match site.style:
        case "call":
            edits = rewrite_expression(file, site.node, _Swap(file.start(site.node), name.text, result))
        case "callable":
            edits = [file.replace(site.node, name.text)]
        case "key":
            mapping = file.parents[site.node]
            assert isinstance(mapping, ast.Dict)
            edits = rewrite_expression(file, mapping, _Key(file.start(site.node), name.text, value, alone=inline))
        case _:
            edits = _config(mocks, site, name.text, result, value if inline else None)
    if edits is None:
        return Skip(file.path, line, "M29-scattered", "no one line comes before everything that configures it")
    if not inline:
        edits = [*edits, *(edit for _, each in verdict.unwrapped for edit in each)]
    if site.style != "config" or len(site.lines) == 1:
        edits = alignment.follow(file, site.node, edits)
    edits = [*edits, *_annotations(mocks, site, name.text), *(asserts(mocks, site) if assert_awaited else ())]
    return Part(
        path=file.path,
        line=line,
        reason=verdict.reason,
        edits=tuple(dict.fromkeys(edits)),
        safety=verdict.safety,
        requires=(*name.requires, *plain.requires),
        frees=used_imports(mocks.places.names, now) if isinstance(now, ast.Name) else (),  # `mock.` stays in use
    )


# ---- names -------------------------------------------------------------------------------------


def _named(site: Site) -> ast.expr | None:
    """The class that a site names; None for a child, whose class nobody names."""
    if site.style not in ("call", "callable"):
        return None
    return site.node.func if isinstance(site.node, ast.Call) else site.node


def _reference(mocks: Mocks, site: Site, wanted: str) -> Reference | None:
    """How a class of the library is written here: as the one that stands there now, through the project's own module
    that it came through, or as the file imports it."""
    names, origins, now, where = mocks.places.names, mocks.file.origins, _named(site), library(mocks, site)
    if isinstance(now, ast.Attribute):
        return Reference(f"{mocks.file.segment(now.value)}.{wanted}", ())
    if where == "mocker":
        return Reference(f"mocker.{wanted}", ())
    if binds_async_mock(mocks, site.node) and wanted == "AsyncMock":
        return Reference(wanted, ())
    dotted = f"{where}.{wanted}"
    doors = (item.module for item in (used_imports(names, now) if now is not None else ()) if item.name)
    given = (Import(door, wanted) for door in doors if canonical(joined(door, wanted), origins) == dotted)
    return names.reference(dotted, *given, Import(where, wanted), at=site.node)


def binds_async_mock(mocks: Mocks, node: ast.AST) -> bool:
    """Whether the name AsyncMock is the library's at a node, perhaps by `try` and `except ImportError`."""
    meant = mocks.places.meaning("AsyncMock", mocks.places.names.scope(node))[1]
    return meant in [f"{each}.AsyncMock" for each in LIBRARIES]


def library(mocks: Mocks, site: Site) -> str:
    """The library that the site's mock comes from; for a child, the one that the file imports."""
    if (now := _named(site)) is not None:
        return mocks.split(now)[0]
    imports = mocks.places.types.imports.values()
    if found := [each for meaning in imports for each in LIBRARIES if f"{meaning}.".startswith(f"{each}.")]:
        return found[0]
    function = mocks.places.function(site.node)
    asked = function is not None and "mocker" in [a.arg for a in arguments(function.args)]
    return "mocker" if asked else "unittest.mock"


# ---- styles ------------------------------------------------------------------------------------


class _Write(Rewriter):
    """Writes the new class, by its name, and what it is given at one place."""

    def __init__(self, start: int, name: str, value: str, alone: bool = True) -> None:
        super().__init__()
        self.start, self.name, self.value, self.alone = start, name, value, alone


class _Swap(_Write):
    """Rename the constructor of one call, and give it a result of its own where it needs one."""

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.Call:
        if self.offset(original_node) != self.start:
            return updated_node
        given = list(updated_node.args)
        if self.value:
            comma = cst.Comma(whitespace_after=cst.SimpleWhitespace(" ")) if given else cst.MaybeSentinel.DEFAULT
            given.insert(0, _keyword("return_value", cst.parse_expression(self.value), comma))
        return updated_node.with_changes(func=cst.parse_expression(self.name), args=given)


def _keyword(
    name: str,
    value: cst.BaseExpression,
    comma: cst.Comma | cst.MaybeSentinel = cst.MaybeSentinel.DEFAULT,
) -> cst.Arg:
    tight = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))
    return cst.Arg(value, cst.Name(name), tight, comma)


def _inline(site: Site, result: str) -> bool:
    """Whether the one value of a site moves into the new call."""
    if site.style == "key":
        return len(site.values) == 1
    line = site.lines[0] if len(site.lines) == 1 else None
    if site.style != "config" or result or not isinstance(line, ast.Assign):
        return False
    target = line.targets[0]
    return isinstance(target, ast.Attribute) and target.attr in CONFIG and target.value is site.node


def _unwrapped_text(mocks: Mocks, site: Site, verdict: Verdict) -> str | None:
    """What is written for the one value that is unwrapped; "" where it stays, None where it cannot be written."""
    for value, edits in verdict.unwrapped:
        start, text = mocks.file.start(value), mocks.file.segment(value)
        if any("#" in mocks.file.segment(line).replace(text, "", 1) for line in site.lines):
            return None  # a comment beside the value
        for edit in sorted(edits, reverse=True):
            text = text[: edit.start - start] + edit.new + text[edit.end - start :]
        try:
            cst.parse_expression(text)
        except cst.ParserSyntaxError:
            return None
        return text
    return ""


class _Configure(_Write):
    """`x.m.return_value = v` becomes `x.m = AsyncMock(return_value=v)`."""

    def leave_Assign(self, original_node: cst.Assign, updated_node: cst.Assign) -> cst.Assign:
        match updated_node.targets:
            case [cst.AssignTarget(target=cst.Attribute(value=child, attr=cst.Name(value=key))) as target] if (
                self.offset(original_node) == self.start
            ):
                value = cst.parse_expression(self.value) if self.value else updated_node.value
                if isinstance(value, cst.Tuple | cst.Yield) and not value.lpar:
                    value = value.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
                call = cst.Call(cst.parse_expression(self.name), [_keyword(key, value)])
                return updated_node.with_changes(targets=[target.with_changes(target=child)], value=call)
        return updated_node


def _config(mocks: Mocks, site: Site, name: str, result: str, value: str | None) -> list[Edit] | None:
    """One plain line becomes the assignment (`value` is new text for what it gives, "" for the old); with several,
    the assignment goes before the first."""
    file = mocks.file
    first = min(site.lines, key=lambda s: (s.lineno, s.col_offset))
    if value is not None:
        return list(rewrite(file, first, _Configure(file.start(first), name, value)))
    before = _dominating(mocks, site, first)
    if before is None:
        return None
    child = " ".join(ast.unparse(site.node).split())
    text = f"{child} = {name}({f'return_value={result}' if result else ''})"
    start = file.start(before)
    line_start = file.line_starts[before.lineno - 1]
    indent = file.text[line_start:start]
    glue = f"{file.newline}{indent}" if not indent.strip() else "; "
    return [Edit(file.path, start, start, text + glue)]


def _dominating(mocks: Mocks, site: Site, first: ast.stmt) -> ast.stmt | None:
    """The first line, or the statement around it that comes before all of the others."""
    file = mocks.file
    current: ast.stmt = first
    while True:
        parent = file.parents[current]
        block = next((b for _, b in ast.iter_fields(parent) if isinstance(b, list) and current in b), None)
        if block is None:
            return None
        later = block[block.index(current) :]
        if all(any(s is line or s in file.ancestors(line) for s in later) for line in site.lines):
            break
        if not isinstance(parent, ast.stmt) or isinstance(
            parent, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
        ):
            return None
        current = parent
    if current is not first:
        root = site.places[0][1].partition(".")[0]
        for binding in mocks.places.bindings.get((site.places[0][0], root), []):
            if binding.node is not None and current in file.ancestors(binding.node):
                return None
    return current


class _Key(_Write):
    """`"m.return_value": v` becomes `"m": AsyncMock(return_value=v)`, or has `"m": AsyncMock()` before it."""

    def leave_Dict(self, original_node: cst.Dict, updated_node: cst.Dict) -> cst.Dict:
        elements: list[cst.BaseDictElement] = []
        for old, new in zip(original_node.elements, updated_node.elements, strict=True):
            match old, new:
                case cst.DictElement(key=cst.SimpleString()), cst.DictElement(key=cst.SimpleString() as key) if (
                    self.offset(old.key) == self.start
                ):
                    child, _, slot = key.raw_value.rpartition(".")
                    name = key.with_changes(value=f"{key.prefix}{key.quote}{child}{key.quote}")
                    if self.alone:
                        given = cst.parse_expression(self.value) if self.value else new.value
                        value = cst.Call(cst.parse_expression(self.name), [_keyword(slot, given)])
                        elements.append(new.with_changes(key=name, value=value))
                    else:
                        value = cst.Call(cst.parse_expression(self.name))
                        comma = cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
                        elements += [cst.DictElement(name, value, comma=comma), new]
                case _:
                    elements.append(new)
        return updated_node.with_changes(elements=elements)


# ---- what goes with it -------------------------------------------------------------------------


def _annotations(mocks: Mocks, site: Site, name: str) -> list[Edit]:
    """`x: MagicMock` of a place that holds this mock alone: an AsyncMock is no MagicMock."""
    if site.mock != "MagicMock" or site.style not in ("call", "callable"):
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
        if isinstance(parent, ast.Attribute) and parent.attr in ASSERTS:
            end = mocks.file.end(parent)
            edits.append(Edit(mocks.file.path, end - len(parent.attr), end, ASSERTS[parent.attr]))
    return edits

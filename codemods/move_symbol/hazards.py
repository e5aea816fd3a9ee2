"""Why something cannot move: each with path, line, code and reason."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from posixpath import dirname

from ..engine.bindings import imported
from ..engine.names import item_of
from ..engine.source import Definition, is_docstring
from ..engine.tables import UNKNOWN
from ..engine.tokens import Tokens
from ..engine.values import Import
from ..facts.modules import of_tests
from ..facts.moving.lists import in_all, kept
from ..facts.moving.paths import absolute, package_of
from ..facts.moving.units import Unit
from ..facts.moving.values import Text
from ..facts.references.symbols import Symbol
from ..facts.references.unreadable import unreadable
from ..facts.suite.requests import FIXTURES
from .move import Move

Found = tuple[str, int, str, str]
# decorators that leave what they decorate where it is: by what they mean, or where they come from
_SILENT = (
    "builtins.", "functools.", "abc.", "typing.", "typing_extensions.", "contextlib.", "dataclasses.", "attr.", "attrs.",
    "enum.", "unittest.", "pytest.mark.", "warnings.", "asyncio.", "collections.", "types.", "numba.", "django.test.",
    "django.utils.decorators.", "django.utils.functional.", "tornado.gen.",
)  # fmt: skip
_STORED = {"__reduce__", "__reduce_ex__", "__getstate__", "__setstate__"}
_TASKS = ("task", "shared_task", "periodic_task", "dramatiq.actor", "job")


def hazards(move: Move) -> Iterator[Found]:
    """All of them."""
    yield from _text(move)
    yield from _unreadable(move)
    yield from _listed(move)
    yield from _names(move)
    yield from _package(move)
    yield from _state(move)
    yield from _places(move)
    yield from _layers(move)
    if move.options.all_of:
        yield from _left(move)


def _unreadable(move: Move) -> Iterator[Found]:
    """Files that may take what moves from where it was."""
    what = " or ".join(sorted(move.names)) if len(move.names) < 4 else "something that moves"
    for path, line, reason in unreadable(move.known.project, what):
        yield path, line, "M09-unreadable", reason


def is_emptied(move: Move) -> bool:
    """Whether the old module goes: it was asked for, or nothing is left but imports that only moved text used."""
    if move.returning or move.options.leave_alias:
        return False
    if move.options.all_of:
        return True
    shared = move.needs.shared if _is_nobodys(move) else frozenset()
    left = [u for u in move.source.units if u not in move.units and u not in shared]
    items = {item for u in left for _, _, item in _imported(u) if item.module != "__future__"}
    read = {r.name for u in shared for r in move.source.reads(u)}
    freed = all(item in move.needs.frees or item.binds in read for item in items)
    empty = all(u.is_import or u.names == {"__all__"} for u in left) and freed
    return empty and not any(_left(move))


def _is_nobodys(move: Move) -> bool:
    """Whether nobody takes from the old module what the new one has, too: a logger, a type variable."""
    source, modules = move.target.source, move.modules
    names = {n for u in move.needs.shared for n in u.names}
    taken = (path for path, sites in move.sites.items() if any(s.form in ("attribute", "lookup") for s in sites))
    if not names or any(path != source for path in taken):
        return False
    for path, file in move.references.files.items():
        if path == source:
            continue
        asked = (m.lstrip("*?~=:") for meanings in file.table.names.values() for m in meanings)
        if any(
            m.rpartition(".")[2] in names and modules.split(m, path) == (source, m.rpartition(".")[2])
            for m in asked
            if "." in m
        ):
            return False
        if any(modules.path(star.lstrip("*?"), path) == source for star in file.table.stars):
            return False
    return True


def _text(move: Move) -> Iterator[Found]:
    outline, path = move.source, move.target.source
    for unit in move.units:
        if outline.shares_line(unit):
            yield path, unit.node.lineno, "M05-text", "other code stands on its line"
        if others := unit.names - move.names:
            names = ", ".join(sorted(others))
            yield path, unit.node.lineno, "M05-text", f"the statement that makes it makes {names}, too"
    for module in (path, move.target.dest):
        if (stub := f"{module}i") in move.modules.project.paths:
            yield stub, 1, "M05-text", "a stub says what the module has: it would no longer be right"
    for name in sorted(move.names):
        for binding in outline.names.module.names.get(name, ()):
            if isinstance(getattr(binding.node, "ctx", None), ast.Del):
                yield path, binding.line, "M05-text", f"{name} is deleted"


def _listed(move: Move) -> Iterator[Found]:
    """Entries of `__all__` that would stay behind without what they name."""
    outline, path = move.source, move.target.source
    if move.empties:
        return
    for entry in kept(outline, move.leaving):
        yield (
            path,
            entry.lineno,
            "M05-text",
            f"__all__ gets {entry.value!r} here, which is none of the lists that it is written as",
        )
    if UNKNOWN in (move.facts[path].sites.table.exported or ()):
        own = {entry for listed in in_all(outline) for entry in listed.elts}
        texts = (n for n in ast.walk(outline.file.tree) if isinstance(n, ast.Constant) and n not in own)
        found = {n.value for n in texts if isinstance(n.value, str)} & move.leaving
        move.doubts |= {f"nobody knows whether __all__ has the text {name!r}" for name in found}


def _names(move: Move) -> Iterator[Found]:
    """Names that the new module has already."""
    dest, target = move.dest, move.target
    if dest is None:
        return
    package = package_of(target.dest_name, target.dest)
    for name in sorted(move.names):
        for binding in dest.names.module.names.get(name, ()):
            item = item_of(binding) if binding.kind == "import" else None
            if item is None or item.name != name or not _is_source(move, item, package):
                yield target.dest, binding.line, "M02-taken", f"{name} is bound in {target.dest_name} already"
    for name in sorted(move.names):
        for line in dest.unbound(name)[:1]:
            yield target.dest, line, "M02-taken", f"{target.dest_name} uses another {name}, a builtin"


def _package(move: Move) -> Iterator[Found]:
    """A new module becomes a name of its package: what that has under this name must be called otherwise there."""
    package = f"{dirname(move.target.dest)}/__init__.py"
    name = move.target.dest_name.rpartition(".")[2]
    if move.dest is not None or package not in move.facts or move.facts[package].data is None:
        return
    outline = move.source if package == move.target.source else move.outline(package)
    bindings = outline.names.module.names.get(name, ())
    if not bindings:
        return
    new = f"_{name}"
    tokens = [t for t in Tokens(outline.names, {name, new}).tokens if t.target is outline.names.module]
    listed = move.facts[package].sites.table.exported or ()
    plain = all(b.kind == "import" and b.item == Import(name) and not b.guard for b in bindings)
    free = name not in listed and all(t.name == name and t.start >= 0 for t in tokens)
    if not plain or not free or package == move.target.source:
        yield package, bindings[0].line, "M02-taken", f"the package has something else called {name}"
        return
    move.shadowed[package] = tuple(
        Text(t.start, t.start + len(name), f"{name} as {new}" if t.kind == "import" else new) for t in tokens
    )
    move.doubts.add(f"{move.target.dest_name} was the module {name} so far, for whoever takes it from there")


def _is_source(move: Move, item: Import, package: str) -> bool:
    """Whether an import of the new module takes something from the old one."""
    found = move.modules.path(item.module, move.target.dest)
    return found == move.target.source or absolute(item.module, package) == move.target.source_name


def _state(move: Move) -> Iterator[Found]:
    """What functions set in the module: it goes with all who set it, or not at all."""
    path = move.target.source
    for unit in move.source.units:
        named = move.source.assigned_by(unit)
        if unit in move.units:
            for name in sorted(named - move.names):
                yield path, unit.node.lineno, "M03-state", f"it sets {name}, which stays"
        else:
            for name in sorted(named & move.names):
                yield path, unit.node.lineno, "M03-state", f"{name} is set here by what stays"


def _decorators(move: Move, unit: Unit) -> Iterator[tuple[str, ast.expr]]:
    for node in unit.node.decorator_list if isinstance(unit.node, Definition) else ():
        callee = node.func if isinstance(node, ast.Call) else node
        yield move.source.names.meaning(callee) or ast.unparse(callee), node


def _places(move: Move) -> Iterator[Found]:
    """What is found by its place, or must be imported to be known."""
    path, target = move.target.source, move.target
    for unit in move.units:
        name = min(unit.names, default="")
        if name.startswith("pytest_"):
            yield path, unit.node.lineno, "M06-found-there", f"{name} is a hook of pytest, which looks for it there"
        for meaning, node in _decorators(move, unit):
            last = meaning.rpartition(".")[2]
            if meaning in FIXTURES or (meaning.startswith("pytest") and last in ("fixture", "yield_fixture")):
                yield path, node.lineno, "M06-found-there", f"{name} is a fixture: tests find it by its place"
            elif meaning.startswith(_SILENT) or meaning.lstrip(":") in move.names:
                continue
            elif last in _TASKS:
                move.doubts.add(f"{name} is a task, whose name holds its module")
            elif _registers(node, meaning) and not move.returning:
                what = (
                    f"{meaning} may register it, and nobody would import {target.dest_name}: --leave-alias keeps that"
                )
                yield path, node.lineno, "M06-found-there", what
        if isinstance(unit.node, ast.ClassDef):
            made = {n.name for n in ast.walk(unit.node) if isinstance(n, ast.FunctionDef)}
            if made & _STORED:
                move.doubts.add(f"{name} may be pickled, by the name of its module")


def _registers(node: ast.expr, meaning: str) -> bool:
    """Whether a decorator looks like one that keeps what it is given: a method of some object, or a verb that says so."""
    last = meaning.rpartition(".")[2].lower()
    words = (
        "register",
        "route",
        "command",
        "receiver",
        "hook",
        "listen",
        "subscribe",
        "plugin",
        "handler",
        "errorhandler",
    )
    method = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and meaning.startswith(":")
    return any(word in last for word in words) or method


def _layers(move: Move) -> Iterator[Found]:
    """Code that ships never imports from tests; a project not from its neighbour."""
    target = move.target
    if of_tests(target.dest) and not of_tests(target.source):
        users = [p for p in (*move.sites, *move.starred) if p.endswith(".py") and not of_tests(p)]
        if users or move.returning:
            where = sorted(users or [target.source])[0]
            yield where, 1, "M07-layers", f"it would have to import from tests: {target.dest_name}"
    homes = [max((p for p in move.modules.projects if _inside(path, p)), key=len, default="") for path in
             (target.source, target.dest)]  # fmt: skip
    if homes[0] != homes[1]:
        yield target.source, 1, "M07-layers", f"{target.dest_name} belongs to another distribution"


def _inside(path: str, folder: str) -> bool:
    return not folder or path.startswith(f"{folder}/")


def _left(move: Move) -> Iterator[Found]:
    """What keeps the old module from going."""
    source, outline = move.target.source, move.source
    if source.endswith("/__init__.py"):
        yield source, 1, "M08-left", "a package cannot go while its modules stay"
    for unit in outline.units:
        docs = is_docstring(outline.file.tree, unit.node)
        goes = unit in move.units or (unit in move.needs.shared and not move.options.all_of)
        if not (goes or unit.is_import or docs or unit.names == {"__all__"} or _is_quiet(unit)):
            yield source, unit.node.lineno, "M08-left", "this statement would stay behind"
    if move.options.leave_alias:
        return
    yield from _others(move)
    sites = {(path, site.start) for path, found in move.sites.items() for site in found}
    lines = {(path, site.line) for path, found in move.sites.items() for site in found if site.form == "lookup"}
    taken = {path for path, found in move.sites.items() for site in found if site.form in ("attribute", "lookup")}
    for reference in move.references.of(Symbol("module", source)):
        path, line = reference.path, reference.line
        if reference.verdict != "resolves" or path == source:
            continue
        if not path.endswith((".py", ".pyi")) or reference.form in ("text", "comment"):
            continue
        if (path, reference.end + 1) in sites or (path, line) in lines or reference.context == "from":
            continue
        if reference.form == "import" and (path in taken or path == move.target.dest):
            continue
        yield path, line, "M08-left", f"{move.target.source_name} itself is used here"


def _others(move: Move) -> Iterator[Found]:
    """Who takes from the old module what does not move: what it only imports."""
    source, exports = move.target.source, move.references.exports
    for path, file in sorted(move.references.files.items()):
        for site in file.sites if path != source else ():
            if site.form in ("import", "attribute", "path") and site.asks and site.context != "from":
                place = next((f.through[0] for f in exports.find(site.asks, path) if f.through), None)
                if place is not None and place[0] == source and place[1].partition(".")[0] not in move.names:
                    yield path, site.line, "M08-left", f"{place[1]} is taken from it, which it only imports"


def _imported(unit: Unit) -> Iterator[tuple[str, str, Import]]:
    if isinstance(unit.node, ast.Import | ast.ImportFrom):
        yield from imported(unit.node)


def _is_quiet(unit: Unit) -> bool:
    return isinstance(unit.node, ast.Pass) or (
        isinstance(unit.node, ast.If) and all(isinstance(s, ast.Import | ast.ImportFrom) for s in unit.node.body)
    )

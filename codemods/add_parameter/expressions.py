"""Expressions that are written in several files: what their names mean, and how each file writes them.

A name means what it means in the module of the function: what that binds or imports, or a builtin. A dotted name may also begin
with a module, `logging.INFO`, and what a file has not is imported there. Any other name must be one of each place itself.
"""

from __future__ import annotations

import ast
import sys
from functools import cache

from ..engine.names import Names, chain
from ..engine.scopes import Scope
from ..engine.source import Source
from ..engine.tables import BUILTINS
from ..engine.values import Import
from ..facts.references.symbols import References
from .values import Name, Written


def written(references: References, path: str, text: str, to: str) -> Written:
    """An expression as the module of a function means it, to be written in a file."""
    names = [_meant(references, path, start, end, name, to) for start, end, name in _names(text)]
    return Written(text, tuple(name for name in names if name is not None))


@cache
def _names(text: str) -> tuple[tuple[int, int, str], ...]:
    """The dotted names of an expression, by their places; those that it binds itself left out."""
    if not text:
        return ()
    file = Source("expression.py", f"({text})".encode())
    nodes = list(ast.walk(file.tree))
    bound = {n.id for n in nodes if isinstance(n, ast.Name) and not isinstance(n.ctx, ast.Load)}
    bound |= {n.arg for n in nodes if isinstance(n, ast.arg)}
    inner = {n.value for n in nodes if isinstance(n, ast.Attribute)}
    found = []
    for node in nodes:
        root, rest = chain(node)
        if isinstance(root, ast.Name) and node not in inner and root.id not in bound:
            found.append((file.start(node) - 1, file.end(node) - 1, root.id + rest))
    return tuple(sorted(found))


def _meant(references: References, path: str, start: int, end: int, name: str, to: str) -> Name | None:
    """What a name means; None for a builtin."""
    root, _, rest = name.partition(".")
    table = references.files[path].table
    meanings = table.names.get(root, ())
    if len(meanings) == 1 and meanings[0][0] not in "~*?":
        own = meanings[0][0] in ":="
        module = references.modules.name(path) if own else None
        dotted = (f"{module}.{root}" if module else "") if own else _absolute(references, path, meanings[0])
        local = root if to == path else _called(references, path, root, to)
        return Name(start, end, f"{dotted}.{rest}" if rest else dotted, local, _import(references, dotted, root))
    if not meanings and not table.stars and root in BUILTINS:
        return None
    if not meanings and rest and (found := _module(references, name)):
        return Name(start, end, name, "", found)
    return Name(start, end, "")


def _called(references: References, path: str, name: str, to: str) -> str:
    """What a file calls what another has under a name; "" where it has no name for it."""
    found = references.exports.definition(f":{name}", path)
    return references.exports.called(found, to) if found is not None else ""


def _absolute(references: References, path: str, dotted: str) -> str:
    """A dotted name without leading dots."""
    if not dotted.startswith("."):
        return dotted
    found = references.modules.split(dotted, path)
    module = references.modules.name(found[0]) if found else None
    return f"{module}.{found[1]}".rstrip(".") if found and module else ""


def _import(references: References, dotted: str, local: str) -> Import | None:
    """How to import what a module has under a local name."""
    module, _, name = dotted.rpartition(".")
    if not dotted:
        return None
    if not module or references.modules.path(dotted) is not None:
        return Import(dotted, alias="" if local == dotted.partition(".")[0] else local)
    return Import(module, name, "" if local == name else local)


def _module(references: References, name: str) -> Import | None:
    """How to import what a dotted name begins with, if that is a module: from one of the project the name itself."""
    split = references.modules.split(name)
    if split is not None and split[1]:
        module = name.removesuffix(f".{split[1]}")
        return Import(module, split[1].partition(".")[0])
    root = name.partition(".")[0]
    if root in sys.stdlib_module_names:
        parts = name.split(".")[:-1]
        return Import(".".join(parts[: 2 if parts[:2] == ["collections", "abc"] else 1]))
    return None


class NoName(Exception):
    """A name that cannot be written at a place."""


def spelled(
    names: Names, expression: Written, scope: Scope, line: int, early: bool = False
) -> tuple[str, tuple[Import, ...]]:
    """How an expression is written in a scope above a line, and the imports that it needs. `early`: it is evaluated as the
    module is imported. Raises NoName."""
    text = expression.text
    requires: list[Import] = []
    for name in sorted(expression.names, reverse=True):
        new, needs = _spelled(names, name, expression.text[name.start : name.end], scope, line, early)
        text = text[: name.start] + new + text[name.end :]
        requires += needs
    return text, tuple(dict.fromkeys(requires))


def _spelled(
    names: Names, name: Name, given: str, scope: Scope, line: int, early: bool
) -> tuple[str, tuple[Import, ...]]:
    root, dot, rest = given.partition(".")
    if name.local:
        found = scope.find(name.local)
        if found is None or found[0] is not names.module:
            raise NoName(f"{name.local} means another thing here")
        if early and all(binding.line >= line for binding in found[1]):
            raise NoName(f"{name.local} is not bound yet where this is evaluated")
        return f"{name.local}{dot}{rest}", ()
    if not name.dotted:
        home = scope.find(root)
        if home is None:
            raise NoName(f"nothing is called {root} here")
        if early and all(binding.line >= line for binding in home[1]):
            raise NoName(f"{root} is not bound yet where this is evaluated")
        return given, ()
    reference = names.reference(name.dotted, *([name.item] if name.item else []), scope=scope, before=line)
    if reference is None:
        raise NoName(f"{root} means another thing here, or cannot be imported")
    return reference.text, reference.requires

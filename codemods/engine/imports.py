"""Which dotted name an expression means in a file, and how to write a dotted name there.

`Imports(file).dotted(node)` resolves by scope, never by spelling; `reference` gives the text that
means a name in one place and the import that it needs.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from .source import Definition, Function, Source, is_function
from .values import Import

Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
Scope = ast.Module | ast.ClassDef | Function | ast.Lambda | Comprehension
ImportStatement = ast.Import | ast.ImportFrom
ImportedName = tuple[ImportStatement, str, str, Import]  # with local name and dotted name
Binding = tuple[str, str | None]  # a name, and the dotted name that it means if it is imported


@dataclass(frozen=True)
class Reference:
    """How a dotted name is written in a file, and the import that this text needs."""

    text: str
    requires: tuple[Import, ...]


def imported(statement: ImportStatement) -> Iterator[tuple[str, str, Import]]:
    """(local name, dotted name it means, the import) for each alias; a star import has local name "*".

    A relative import keeps its leading dots: `from ..a import b` means "..a.b".
    """
    for alias in statement.names:
        if isinstance(statement, ast.Import):
            item = Import(alias.name, "", alias.asname or "")
            yield item.binds, alias.name if alias.asname else item.binds, item
        else:
            module = "." * statement.level + (statement.module or "")
            item = Import(module, alias.name, alias.asname or "")
            glue = "" if module.endswith(".") else "."
            yield item.binds, f"{module}{glue}{alias.name}", item


def canonical(dotted: str, origins: Mapping[str, str]) -> str:
    """What a dotted name means, with `Source.origins`: "unittest.mock.Mock" for ".compat.Mock"."""
    end = len(dotted) if origins else 0
    while end > 0:
        if (meaning := origins.get(dotted[:end])) is not None:
            return meaning + dotted[end:]
        end = dotted.rfind(".", 0, end)
    return dotted


def _imports_of(body: Iterable[ast.stmt], origins: Mapping[str, str]) -> Iterator[ImportedName]:
    for statement in body:
        if isinstance(statement, ImportStatement):
            for local, meaning, item in imported(statement):
                yield statement, local, canonical(meaning, origins), item


class Imports:
    """The names of one file by scope."""

    def __init__(self, file: Source) -> None:
        self.file = file
        self._bindings: dict[ast.AST, dict[str, str | None]] = {}

    # ---- what a name means -----------------------------------------------------------------

    def dotted(self, node: ast.AST) -> str | None:
        """The dotted name that a Name or Attribute chain means: "pytest.mark.asyncio", "..models.User".

        A name that the file itself binds (class, function, assignment) is None, a builtin is
        "builtins.X", and so is any name that nothing in the file binds. None too where nobody can
        say: bound twice with different meanings, or perhaps by a star import.
        """
        suffix: list[str] = []
        while isinstance(node, ast.Attribute):
            suffix.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            return None
        base = self.lookup(node.id, node)
        return canonical(".".join([base, *reversed(suffix)]), self.file.origins) if base else None

    def lookup(self, name: str, at: ast.AST) -> str | None:
        """What `name` means in the scope of node `at`; None as for `dotted`."""
        bound, meaning = self._resolve(name, at)
        if not bound and (given := self.file.origins.get(f":{name}")):
            return given
        return meaning if bound or self._has_star else f"builtins.{name}"

    def _resolve(self, name: str, at: ast.AST) -> tuple[bool, str | None]:
        """Whether anything binds `name` as seen from `at`, and what it then means."""
        for scope in self.scopes(at):
            if name in self._declared.get((scope, "global"), ()):
                scope = self.file.tree
            if name in (found := self.bindings(scope)):
                return True, found[name]
        return False, None

    def scopes(self, node: ast.AST) -> Iterator[Scope]:
        """The scopes that a name in `node`'s place is looked up in, innermost first.

        Decorators, defaults, annotations and bases belong to the scope around their definition; so
        does the first iterable of a comprehension. A class is seen by its own statements alone.
        Type parameters are a scope of their own, with the first of them as its node.
        """
        if isinstance(node, ast.Module):
            yield node
        child, grandchild, hides_classes = node, node, False
        for parent in self.file.ancestors(node):
            for scope in _entered(parent, child, grandchild):
                if not (hides_classes and isinstance(scope, ast.ClassDef)):
                    yield scope
                hides_classes = hides_classes or isinstance(scope, Scope)
            child, grandchild = parent, child

    def bindings(self, scope: Scope) -> dict[str, str | None]:
        """Names bound directly in a scope: dotted name for imports, None for anything else."""
        if scope not in self._bindings:
            elsewhere = {n for k in ("global", "nonlocal") for n in self._declared.get((scope, k), ())}
            origins = self.file.origins
            bound = (b for b in self._bound(scope) if b[0] not in elsewhere)
            items = [(name, canonical(m, origins) if m and origins else m) for name, m in bound]
            if isinstance(scope, ast.Module):
                items += self._bound_from_inside
            self._bindings[scope] = _merged(items)
        return self._bindings[scope]

    def _bound(self, scope: Scope) -> Iterator[Binding]:
        if isinstance(scope, Scope):
            return _bound(scope)
        owner: Any = self.file.parents[scope]
        return ((parameter.name, None) for parameter in owner.type_params)

    @cached_property
    def _declared(self) -> dict[tuple[ast.AST, str], set[str]]:
        """The names that a scope declares global or nonlocal: it does not bind them itself."""
        found: dict[tuple[ast.AST, str], set[str]] = {}
        if re.search(r"\b(global|nonlocal)\b", self.file.text):
            for node in ast.walk(self.file.tree):
                if isinstance(node, ast.Global | ast.Nonlocal):
                    key = next(self.scopes(node)), type(node).__name__.lower()
                    found.setdefault(key, set()).update(node.names)
        return found

    @cached_property
    def _bound_from_inside(self) -> list[Binding]:
        """What functions bind in the module by `global`."""
        declared = [(scope, names) for (scope, kind), names in self._declared.items() if kind == "global"]
        return [b for scope, names in declared for b in _bound(scope) if b[0] in names]  # type: ignore[arg-type]

    @cached_property
    def _has_star(self) -> bool:
        """Whether some star import may bind any name."""
        return any(
            isinstance(node, ast.ImportFrom) and node.names[0].name == "*" for node in _own_nodes(self.file.tree.body)
        )

    # ---- how a name is written -------------------------------------------------------------

    def reference(self, dotted: str, default: Import, at: ast.AST | None = None) -> Reference | None:
        """How to write `dotted` in the scope of `at` (the module when None), reusing what is imported.

        With nothing to reuse, `default` is required: Import("pytest") writes "pytest.mark.asyncio",
        Import("unittest.mock", "AsyncMock") writes "AsyncMock". None when the name that would be
        needed is taken by something else, or is bound where it cannot be relied on: in a `try`,
        under a condition, after `at`.
        """
        base = default.module if default.alias else default.binds
        if default.name:
            glue = "" if default.module.endswith(".") else "."
            base = canonical(f"{default.module}{glue}{default.name}", self.file.origins)
        parts = dotted.split(".")
        prefixes = [".".join(parts[:size]) for size in range(len(parts), 0, -1)]
        usable = list(self._in_reach({base, *prefixes}, at))
        for prefix in prefixes:
            for statement, local, meaning, item in usable:
                # `import unittest` does not give `unittest.mock`: the submodule itself must be imported
                whole = item.name or f"{item.module}.".startswith(f"{default.module}.")
                if meaning == prefix and whole:
                    requires = (item,) if statement in self.file.tree.body else ()
                    return Reference(local + dotted.removeprefix(prefix), requires)
        for prefix in prefixes:
            name = prefix.rpartition(".")[2]
            if self.file.origins.get(f":{name}") == prefix and not self._resolve(name, at or self.file.tree)[0]:
                return Reference(name + dotted.removeprefix(prefix), ())  # a star import gives it
        own = (default.binds, base)
        if default.binds in self._at_run_time and own not in ((u[1], u[2]) for u in usable):
            return None
        if at is not None and self._resolve(default.binds, at) not in ((False, None), (True, base)):
            return None
        return Reference(default.binds + dotted.removeprefix(base), (default,))

    def _in_reach(self, meanings: Container[str], at: ast.AST | None) -> Iterator[ImportedName]:
        """The imports of some dotted names that a name in the place of `at` can rely on: unconditional
        ones of the module, and of the functions around it where they stand before it."""
        line: int = getattr(at, "lineno", sys.maxsize)
        around = [s for s in self.scopes(at) if is_function(s)] if at is not None else []
        candidates = [i for s in around for i in _imports_of(s.body, self.file.origins) if i[0].lineno < line]
        candidates += [i for i in self.top_level if around or i[0].lineno < line]
        for statement, local, meaning, item in candidates:
            if meaning in meanings and self._resolve(local, at or statement) == (True, meaning):
                yield statement, local, meaning, item

    @cached_property
    def top_level(self) -> list[ImportedName]:
        """What unconditional imports at module level bind."""
        return list(_imports_of(self.file.tree.body, self.file.origins))

    @cached_property
    def _at_run_time(self) -> set[str]:
        """The names that the module binds for more than type checkers."""
        body: list[ast.stmt] = []
        for statement in self.file.tree.body:
            branch = checking_branch(statement, checking_names(self.file))
            if branch:
                assert isinstance(statement, ast.If)
                body += statement.orelse if branch == "body" else statement.body
            else:
                body.append(statement)
        return {name for name, _ in [*_bound_by(body), *self._bound_from_inside]}


def checking_names(file: Source) -> frozenset[str]:
    """What TYPE_CHECKING is called in a file."""
    if "TYPE_CHECKING" not in file.text:
        return frozenset()
    aliases = re.findall(
        r"\bTYPE_CHECKING[ \t]+as[ \t]+(\w+)|^(\w+)[ \t]*=[ \t]*(?:\w+\.)?TYPE_CHECKING\b", file.text, re.M
    )
    return frozenset({"TYPE_CHECKING", *(name for pair in aliases for name in pair if name)})


def checking_branch(statement: ast.AST, names: Container[str]) -> str:
    """Which branch of an `if` only type checkers see: "body", "orelse" of `if not TYPE_CHECKING`, or ""."""
    match statement:
        case ast.If(test=ast.UnaryOp(op=ast.Not(), operand=ast.Name(id=name) | ast.Attribute(attr=name))):
            return "orelse" if name in names else ""
        case ast.If(test=ast.Name(id=name) | ast.Attribute(attr=name)):
            return "body" if name in names else ""
        case ast.If(test=ast.BoolOp(op=ast.And(), values=values)):
            found = [getattr(v, "id", getattr(v, "attr", "")) for v in values]
            return "body" if any(name in names for name in found) else ""
    return ""


def is_stdlib(module: str) -> bool:
    return module.partition(".")[0] in sys.stdlib_module_names


# ---- what a scope binds ------------------------------------------------------------------------


def _entered(parent: ast.AST, child: ast.AST, grandchild: ast.AST) -> Iterator[Any]:
    """The scopes of `parent` that its descendants by `child` and `grandchild` are evaluated in."""
    match parent:
        case ast.Module():
            yield parent
        case ast.Lambda(body=body):
            if child is body:
                yield parent
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            first = parent.generators[0]
            if not (child is first and grandchild is first.iter):
                yield parent
        case _:
            if isinstance(parent, Definition) and child in parent.body:
                yield parent
            outside = child in getattr(parent, "decorator_list", ())
            if isinstance(child, ast.arguments):
                outside = grandchild in (*child.defaults, *child.kw_defaults)
            if not outside:
                yield from getattr(parent, "type_params", ())[:1]


def _bound(scope: Scope) -> Iterator[Binding]:
    """Everything that a scope binds, nested scopes left out."""
    match scope:
        case ast.FunctionDef(args=a) | ast.AsyncFunctionDef(args=a) | ast.Lambda(args=a):
            for arg in (*a.posonlyargs, *a.args, a.vararg, *a.kwonlyargs, a.kwarg):
                if arg is not None:
                    yield arg.arg, None
    match scope:
        case ast.Lambda(body=body):
            yield from _bound_by([body])
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            yield from _bound_by(generator.target for generator in scope.generators)
        case _:
            yield from _bound_by(scope.body)


def _bound_by(roots: Iterable[ast.AST]) -> Iterator[Binding]:
    for node in _own_nodes(roots):
        match node:
            case ast.Import() | ast.ImportFrom():
                yield from ((local, dotted) for local, dotted, _ in imported(node) if local != "*")
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
                yield name, None
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name, None
            case ast.ExceptHandler(name=str(name)) | ast.MatchMapping(rest=str(name)):
                yield name, None
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                yield name, None


def _own_nodes(roots: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """The nodes under some roots that run in the scope of the roots: not what is inside nested scopes."""
    stack = [*roots]
    while stack:
        node = stack.pop()
        yield node
        match node:
            case ast.FunctionDef(args=a) | ast.AsyncFunctionDef(args=a):
                stack += [*node.decorator_list, *a.defaults, *filter(None, a.kw_defaults)]
            case ast.Lambda(args=a):
                stack += [*a.defaults, *filter(None, a.kw_defaults)]
            case ast.ClassDef():
                stack += [*node.decorator_list, *node.bases, *node.keywords]
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                stack.append(node.generators[0].iter)
                # a walrus inside binds in the scope around
                stack += [w.target for w in ast.walk(node) if isinstance(w, ast.NamedExpr)]
            case ast.ExceptHandler():
                # `except ImportError: x = None`: the name means the import, or every use of it fails
                stack += [s for s in node.body if not _sets_to_none(s)]
            case _:
                stack.extend(ast.iter_child_nodes(node))


def _sets_to_none(statement: ast.stmt) -> bool:
    match statement:
        case ast.Assign(targets=[ast.Name()], value=ast.Constant(value=None)):
            return True
    return False


def _merged(bindings: Iterable[Binding]) -> dict[str, str | None]:
    """By name; None where several meanings meet: nobody can say which one holds."""
    found: dict[str, str | None] = {}
    for name, meaning in bindings:
        found[name] = meaning if found.get(name, meaning) == meaning else None
    return found

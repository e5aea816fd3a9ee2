"""Which dotted name an expression means in a file, and how to write a dotted name there.

`Imports(file).dotted(node)` resolves by scope, never by spelling; `reference` gives the text that
means a name at module level and the import it needs. `add` and `drop` compute import edits for
compose, which alone calls them.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from .base import Import
from .source import Function, Source

Scope = (
    ast.Module
    | ast.ClassDef
    | Function
    | ast.Lambda
    | ast.ListComp
    | ast.SetComp
    | ast.DictComp
    | ast.GeneratorExp
)
_SCOPES = (
    ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda,
    ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp,
)  # fmt: skip
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
ImportStatement = ast.Import | ast.ImportFrom


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


class Imports:
    """The names of one file by scope."""

    def __init__(self, file: Source) -> None:
        self.file = file
        self._bindings: dict[ast.AST, dict[str, str | None]] = {}

    # ---- what a name means -----------------------------------------------------------------

    def dotted(self, node: ast.AST) -> str | None:
        """The dotted name that a Name or Attribute chain means: "pytest.mark.asyncio", "..models.User".

        A name that the module itself binds (class, function, assignment) is None, a builtin
        is "builtins.X", and so is any name that nothing in the file binds.
        """
        suffix: list[str] = []
        while isinstance(node, ast.Attribute):
            suffix.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            return None
        base = self.lookup(node.id, node)
        return ".".join([base, *reversed(suffix)]) if base else None

    def lookup(self, name: str, at: ast.AST) -> str | None:
        """What `name` means in the scope of node `at`; None when it is bound to something not imported."""
        for scope in self.scopes(at):
            if (found := self.bindings(scope)).keys() & {name}:
                return found[name]
        return f"builtins.{name}"

    def scopes(self, node: ast.AST) -> Iterator[Scope]:
        """The scopes that a name in `node`'s place is looked up in, innermost first.

        Decorators, defaults, annotations and bases belong to the scope around their definition;
        so does the first iterable of a comprehension. A class body is skipped from inside methods.
        """
        inner: ast.AST = node
        inside_function = False
        for parent in self.file.ancestors(node):
            if isinstance(parent, _SCOPES) and _evaluated_inside(parent, inner):
                if not (isinstance(parent, ast.ClassDef) and inside_function):
                    yield parent
                inside_function = inside_function or not isinstance(
                    parent, ast.ClassDef | ast.Module
                )
            inner = parent

    def bindings(self, scope: Scope) -> dict[str, str | None]:
        """Names bound directly in a scope: dotted name for imports, None for anything else."""
        if scope not in self._bindings:
            found: dict[str, str | None] = {}
            self._bindings[scope] = found
            for name, dotted in _bound(scope):
                # bound twice with different meanings: nobody can say which one holds
                found[name] = dotted if found.get(name, dotted) == dotted else None
        return self._bindings[scope]

    # ---- how a name is written -------------------------------------------------------------

    def reference(
        self, dotted: str, default: Import, at: ast.AST | None = None
    ) -> Reference | None:
        """How to write `dotted` in the scope of `at` (the module when None), reusing what is imported.

        Only an unconditional import at module level counts. With none, `default` is required:
        Import("pytest") writes "pytest.mark.asyncio", Import("unittest.mock", "AsyncMock") writes
        "AsyncMock". None when the name that would be needed is taken by something else.
        """
        parts = dotted.split(".")
        for size in range(len(parts), 0, -1):
            prefix = ".".join(parts[:size])
            for statement, local, meaning, item in self.top_level:
                # `import unittest` does not give `unittest.mock`: the submodule itself must be imported
                whole = isinstance(statement, ast.ImportFrom) or f"{item.module}.".startswith(
                    f"{default.module}."
                )
                if meaning == prefix and whole and self._visible(local, prefix, at):
                    return Reference(".".join([local, *parts[size:]]), (item,))
        taken = self.bindings(self.file.tree).get(default.binds, "")
        base = (
            f"{default.module}.{default.name}"
            if default.name
            else default.module
            if default.alias
            else default.binds
        )
        if taken not in ("", base) or (
            at is not None and not self._visible(default.binds, base, at, free=True)
        ):
            return None
        rest = dotted.removeprefix(base)
        return Reference(default.binds + rest, (default,))

    def _visible(self, local: str, meaning: str, at: ast.AST | None, free: bool = False) -> bool:
        found = (
            self.lookup(local, at) if at is not None else self.bindings(self.file.tree).get(local)
        )
        return found == meaning or (free and found == f"builtins.{local}")

    @cached_property
    def top_level(self) -> list[tuple[ImportStatement, str, str, Import]]:
        """(statement, local name, dotted name, import) for unconditional imports at module level."""
        return [
            (statement, *item)
            for statement in self.file.tree.body
            if isinstance(statement, ast.Import | ast.ImportFrom)
            for item in imported(statement)
        ]


def _evaluated_inside(scope: ast.AST, child: ast.AST) -> bool:
    """Whether `child`, a direct child node of a scope, is evaluated in that scope."""
    if isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return child in scope.body or child in getattr(scope, "type_params", ())
    if isinstance(scope, ast.Lambda):
        return child is scope.body
    if isinstance(scope, _COMPREHENSIONS):
        return (
            child is not scope.generators[0]
        )  # close enough: its target is bound inside, see _bound
    return True


def _bound(scope: Scope) -> Iterator[tuple[str, str | None]]:
    """(name, dotted meaning or None) for everything that a scope binds, nested scopes left out."""
    if isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        a = scope.args
        for arg in [*a.posonlyargs, *a.args, *a.kwonlyargs, *filter(None, [a.vararg, a.kwarg])]:
            yield arg.arg, None
    declared: set[str] = set()
    stack: list[ast.AST] = []
    if isinstance(scope, _COMPREHENSIONS):
        stack += [g.target for g in scope.generators]
    elif isinstance(scope, ast.Lambda):
        stack.append(scope.body)
    else:
        stack += scope.body
    found: list[tuple[str, str | None]] = []
    while stack:
        node = stack.pop()
        match node:
            case ast.Global(names=names) | ast.Nonlocal(names=names):
                declared.update(names)
            case ast.Import() | ast.ImportFrom():
                found += [(local, meaning) for local, meaning, _ in imported(node) if local != "*"]
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
                found.append((name, None))
            case (
                ast.ExceptHandler(name=str(name))
                | ast.MatchAs(name=str(name))
                | ast.MatchStar(name=str(name))
            ):
                found.append((name, None))
            case ast.MatchMapping(rest=str(name)):
                found.append((name, None))
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                found.append((node.name, None))
        if isinstance(node, _SCOPES):
            outside = [c for c in ast.iter_child_nodes(node) if not _evaluated_inside(node, c)]
            # a walrus inside a comprehension binds in the scope around it
            inside: list[ast.AST] = [
                w.target
                for w in ast.walk(node)
                if isinstance(w, ast.NamedExpr) and isinstance(node, _COMPREHENSIONS)
            ]
            stack += [
                c for c in outside if not isinstance(c, ast.arguments | ast.comprehension)
            ] + inside
            stack += [
                d
                for c in outside
                if isinstance(c, ast.arguments)
                for d in [*c.defaults, *filter(None, c.kw_defaults)]
            ]
        else:
            stack.extend(ast.iter_child_nodes(node))
    yield from (item for item in found if item[0] not in declared)


def is_stdlib(module: str) -> bool:
    return module.partition(".")[0] in sys.stdlib_module_names

"""What a name means in a file, how to write a dotted name there, and what the variables of a module hold.

`meaning` resolves by scope, never by spelling: "pytest.mark.asyncio" through whatever imports give it, ":User" for a name
of this very module, "builtins.int", and "" where nobody can say.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Literal

from .bindings import Binding, canonical, joined
from .conditions import Condition, ConditionReader, When, both, either, guarded, negated
from .grouping import grouped
from .remember import remembered
from .scopes import Scope, Scopes
from .source import Source, statements
from .values import Import

Rebound = Literal[
    "unknown", "first"
]  # what a name means that several imports give: nobody can say, the first of them

# what every module has without binding it
OF_MODULES = frozenset({
    "__annotations__", "__builtins__", "__cached__", "__dict__", "__doc__", "__file__", "__loader__", "__name__",
    "__package__", "__path__", "__spec__",
})  # fmt: skip


@dataclass(frozen=True)
class Reference:
    """How a dotted name is written in a file, and the import that this text needs."""

    text: str
    requires: tuple[Import, ...]


def chain(node: ast.AST) -> tuple[ast.AST, str]:
    """What a dotted expression begins with, and the rest: `a` and ".b.c" for `a.b.c`."""
    rest = ""
    while isinstance(node, ast.Attribute):
        rest = f".{node.attr}{rest}"
        node = node.value
    return node, rest


def root_name(node: ast.AST) -> ast.Name | None:
    """The name that a dotted expression begins with: `a` in `a.b.c`."""
    root, _ = chain(node)
    return root if isinstance(root, ast.Name) else None


def last_name(node: ast.AST) -> str:
    """The name that a dotted expression ends with: `c` in `a.b.c`; "" for any other expression."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def item_of(binding: Binding) -> Import:
    """The import that an import binding makes."""
    assert binding.item is not None
    return binding.item


def is_stdlib(module: str) -> bool:
    return module.partition(".")[0] in sys.stdlib_module_names


class Names(Scopes):
    """The names of one file."""

    def __init__(self, file: Source) -> None:
        super().__init__(file)
        self.origins = file.origins
        self.tree = file.tree
        self._meant: dict[tuple[Scope, str, Rebound, bool], str] = {}
        self._dotted: dict[ast.AST, str] = {}
        self._in_text: dict[str, bool] = {}

    # ---- what a name means -------------------------------------------------------------------

    def meaning(
        self, node: ast.AST, rebound: Rebound = "unknown", aliases: bool = False, scope: Scope | None = None
    ) -> str:
        """The dotted name that a Name or Attribute chain means.

        A name that nothing binds is a builtin, unless a star import may bring it. `aliases` follows assignments to what they name
        (`Mock = mock.Mock`). `scope` is where the node stands, for one that is not in the tree.
        """
        root, rest = chain(node)
        found = self.named(root.id, scope or self.scope(root), rebound, aliases) if isinstance(root, ast.Name) else ""
        return canonical(found + rest, self.origins) if found else ""

    def named(self, name: str, scope: Scope, rebound: Rebound = "unknown", aliases: bool = False) -> str:
        """The same for a name that stands in a scope."""
        key = (scope, name, rebound, aliases)
        if (known := self._meant.get(key)) is None:
            known = self._meant[key] = self._named(name, scope, rebound, aliases, frozenset())
        return known

    def _named(
        self, name: str, scope: Scope, rebound: Rebound, aliases: bool, seen: frozenset[tuple[Scope, str]]
    ) -> str:
        found = scope.find(name)
        if found is None:
            if name in OF_MODULES:
                return f":{name}"
            return self.origins.get(f":{name}") or ("" if self.stars else f"builtins.{name}")
        home, bindings = found
        if (home, name) in seen:
            return ""
        own = f":{name}" if home is self.module else ""

        def of(binding: Binding) -> str:
            value = binding.node
            if binding.kind == "import":
                return canonical(binding.dotted, self.origins)
            if aliases and binding.kind == "value" and (root := root_name(value)):
                inner = self._named(root.id, self.scope(value), rebound, aliases, seen | {(home, name)})
                return canonical(inner + ast.unparse(value)[len(root.id) :], self.origins) if inner else ""
            return own

        if rebound == "first":
            last = max((i for i, b in enumerate(bindings) if not b.guard), default=0)
            bindings = bindings[last:]  # those above no longer hold
            imports = [b for b in bindings if b.kind == "import"]
            values = [b for b in bindings if b.kind == "value"]
            return of([*imports[:1], *values[-1:], bindings[-1]][0]) or own
        # `except ImportError: x = None`: the name means the import, or every use of it fails
        sure = [b for b in bindings if not (b.is_none and b.guard == "except")] or bindings
        meanings = {of(b) for b in sure}
        return meanings.pop() if len(meanings) == 1 else ""

    def dotted(self, node: ast.AST) -> str:
        """The same as the facts about a suite have it: of several imports the first counts, an assignment is followed, and
        whatever no import gives has a colon, a builtin too. "" for what is no chain of names."""
        if (known := self._dotted.get(node)) is None:
            known = ""
            if root_name(node) is not None:
                found = self.meaning(node, rebound="first", aliases=True)
                outside = found and not found.startswith("builtins.")
                known = found if outside else ":" + (found.removeprefix("builtins.") or ast.unparse(node))
            self._dotted[node] = known
        return known

    # ---- how a name is written ---------------------------------------------------------------

    def reference(
        self,
        dotted: str,
        *defaults: Import,
        at: ast.AST | None = None,
        scope: Scope | None = None,
        before: int | None = None,
    ) -> Reference | None:
        """How to write `dotted` in the place of a node, or in a scope (the module) above a line, reusing what is imported.

        With nothing to reuse, one of `defaults` is required: Import("pytest") writes "pytest.mark.asyncio",
        Import("unittest.mock", "AsyncMock") writes "AsyncMock". ":name" is one that this module binds itself. None when every name that would be
        needed is taken by something else, or is bound where it cannot be relied on: in a `try`,
        under a condition, further down.
        """
        scope = scope or (self.scope(at) if at is not None else self.module)
        if dotted.startswith(":"):
            own = dotted[1:].partition(".")[0]
            return Reference(text=dotted[1:], requires=()) if self.named(own, scope) == f":{own}" else None
        before = before or getattr(at, "lineno", None)
        parts = dotted.split(".")
        prefixes = [".".join(parts[:size]) for size in range(len(parts), 0, -1)]
        for prefix in prefixes:
            for binding, item in self._in_reach(prefix, scope, before):
                # `import unittest` does not give `unittest.mock`: the submodule itself must be imported
                if item.name or any(f"{item.module}.".startswith(f"{d.module}.") for d in defaults):
                    requires = (item,) if any(binding.statement is s for s in self.tree.body) else ()
                    return Reference(text=binding.name + dotted.removeprefix(prefix), requires=requires)
        for prefix in prefixes:  # a star import gives it
            module, _, name = prefix.rpartition(".")
            if scope.find(name) is None and (self.origins.get(f":{name}") == prefix or module in self.stars):
                return Reference(text=name + dotted.removeprefix(prefix), requires=())
        for default in defaults:
            base = default.module if default.alias else default.binds
            base = canonical(joined(default.module, default.name), self.origins) if default.name else base
            at_run_time = any(b.guard != "typing" for b in self.module.names.get(default.binds, ()))
            usable = any(b.name == default.binds for b, _ in self._in_reach(base, scope, before))
            if (usable or not at_run_time) and self._means(default.binds, scope, base):
                return Reference(text=default.binds + dotted.removeprefix(base), requires=(default,))
        return None

    def _means(self, name: str, scope: Scope, dotted: str) -> bool:
        """Whether nothing binds a name as seen from a scope but what means a dotted name."""
        found = scope.find(name)
        return found is None or all(b.dotted and canonical(b.dotted, self.origins) == dotted for b in found[1])

    def _in_reach(self, dotted: str, scope: Scope, before: int | None) -> Iterator[tuple[Binding, Import]]:
        """The imports of a dotted name that a place can rely on: unconditional ones of the functions around it where they
        stand above it, and of the module, there too if no function is around."""
        for home in scope.ancestors():
            if home.is_function or home is self.module:
                late = before if home is not self.module or scope.function is None else None
                for binding in self.given(home).get(dotted, ()):
                    above = late is None or binding.line < late
                    found = scope.find(binding.name)
                    if above and found and found[0] is home and self._means(binding.name, scope, dotted):
                        yield binding, item_of(binding)

    @remembered
    def given(self, scope: Scope) -> dict[str, list[Binding]]:
        """The unconditional imports of a scope by what they mean."""
        bindings = (b for found in scope.names.values() for b in found if b.kind == "import")
        sure = (b for b in bindings if not b.guard and b.name != "*")
        return grouped((canonical(b.dotted, self.origins), b) for b in sure)

    def imports_as(self, name: str) -> tuple[Import, ...]:
        """The unconditional imports at module level that bind a name."""
        bindings = self.module.names.get(name, ())
        return tuple(item_of(b) for b in bindings if b.kind == "import" and not b.guard)

    # ---- what the module binds ---------------------------------------------------------------

    @cached_property
    def body(self) -> list[ast.stmt]:
        return list(statements(self.tree.body))

    @cached_property
    def imports(self) -> dict[str, tuple[str, str]]:
        """The imported names of the module: what each comes from, and by what name."""
        found = {}
        for name, bindings in self.module.names.items():
            if name != "*" and (binding := next((b for b in bindings if b.kind == "import"), None)):
                item = item_of(binding)
                found[name] = (item.module, item.name) if item.name else (binding.dotted, "")
        return found

    @cached_property
    def assigned(self) -> dict[str, ast.expr]:
        """The variables of the module, with what each was assigned last."""
        return {
            name: value for name, bindings in self.module.names.items() if (value := _value(bindings)) is not None
        }

    def value(self, node: ast.Name) -> ast.expr | None:
        """What a variable of the module, or of a class as seen there, was assigned last."""
        found = self.scope(node).find(node.id)
        return _value(found[1]) if found and not found[0].is_function else None

    def followed(self, node: ast.expr, value: Callable[[ast.Name], ast.expr | None] | None = None) -> ast.expr:
        """What a plain name was assigned, or the node itself. `value` says it of one name, in place of `self.value`."""
        seen = {node}
        while isinstance(node, ast.Name) and (found := (value or self.value)(node)) is not None and found not in seen:
            node = found
            seen.add(node)
        return node

    # ---- conditions --------------------------------------------------------------------------

    def condition(self, test: ast.expr) -> Condition:
        """The condition that an expression is as the test of an `if` of this module."""
        return ConditionReader(self.dotted, partial(self.followed, value=self._constant)).test(test)

    def guarded(self, body: Sequence[ast.stmt], when: When = None) -> Iterator[tuple[ast.stmt, When]]:
        """The statements that run in one scope, each with the condition under which it does."""
        return guarded(body, self.condition, when)

    def _constant(self, node: ast.Name) -> ast.expr | None:
        """What a name is that this module binds once, and surely."""
        bindings = self.module.names.get(node.id, ())
        return _value(bindings) if len(bindings) == 1 and not bindings[0].guard else None

    @cached_property
    def _whens(self) -> dict[ast.AST, When]:
        return dict(self.guarded(self.tree.body))

    def alternatives(self, name: str) -> list[tuple[Binding, When]]:
        """The bindings of the module that may decide what a name means, each with the condition under which it does:
        the last one that runs."""
        found: list[tuple[Binding, When]] = []
        later: list[When] = []
        for binding in reversed(self.module.names.get(name, ())):
            if binding.statement not in self._whens or isinstance(binding.statement, ast.Delete):
                continue
            when = self._whens[binding.statement]
            found.append((binding, both(when, negated(either(later))) if later else when))
            later.append(when)
            if when is None:
                break
        return found[::-1]

    def meanings(self, node: ast.expr) -> list[tuple[str, When]]:
        """What `dotted` gives, for each way in which the module may bind the expression's first name."""
        first = root_name(node)
        several = first is not None and len(self.module.names.get(first.id, ())) > 1
        home = self.scope(first).find(first.id) if first and several else None
        bindings = self.alternatives(first.id) if first and home and home[0] is self.module else []
        bindings = [b for b in bindings if not b[0].is_none]  # the name means the others, or each use fails
        if len(bindings) < 2 or first is None:
            return [(self.dotted(node), None)]
        suffix = ast.unparse(node)[len(first.id) :]
        found: dict[str, list[When]] = {}
        for binding, when in bindings:
            value = binding.node if binding.kind == "value" else None
            meant = binding.dotted or (self.dotted(value) if value is not None else "") or f":{first.id}"
            found.setdefault(canonical(meant + suffix, self.origins), []).append(when)
        return [(name, either(whens) if len(found) > 1 else None) for name, whens in found.items()]

    # ---- lists and texts ---------------------------------------------------------------------

    def built(self, body: Sequence[ast.stmt], name: str) -> list[tuple[ast.expr, When]]:
        """The expressions that make up what a name of a scope holds in the end, each with its condition: what was
        assigned last, and what `+=`, append and extend put to it."""
        found: list[tuple[ast.expr, When]] = []
        if name not in self._in_text:
            self._in_text[name] = name in self.file.text
        for node, when in self.guarded(body) if self._in_text[name] else ():
            match node:
                case (
                    ast.Assign(targets=[ast.Name(id=target)], value=value)
                    | ast.AnnAssign(target=ast.Name(id=target), value=ast.expr() as value)
                ) if target == name:
                    if not any(isinstance(n, ast.Name) and n.id == name for n in ast.walk(value)):
                        found = [(e, both(w, negated(when))) for e, w in found] if when else []
                    found.append((value, when))
                case ast.AugAssign(target=ast.Name(id=target), value=value) if target == name:
                    found.append((value, when))
                case ast.Expr(
                    value=ast.Call(
                        func=ast.Attribute(value=ast.Name(id=target), attr="append" | "extend" | "insert" | "add"),
                        args=[*_, value],
                    )
                ) if target == name:
                    found.append((value, when))
        return found

    def spread(
        self, node: ast.expr, when: When = None, seen: tuple[str, ...] = ()
    ) -> Iterator[tuple[ast.expr, When]]:
        """The parts of a list, a sum, `a if x else b`, `x and a`, through names of the module but for those that were
        `seen`, with their conditions."""
        parts: list[tuple[ast.expr, When]] = []
        match node:
            case ast.List(elts=elements) | ast.Tuple(elts=elements) | ast.Set(elts=elements):
                parts = [(each, None) for each in elements]
            case ast.BinOp(left=left, right=right):
                parts = [(left, None), (right, None)]
            case ast.Starred(value=value):
                parts = [(value, None)]
            case ast.Call(func=ast.Name(id="list" | "tuple" | "set" | "sorted"), args=[value]):
                parts = [(value, None)]
            case ast.IfExp(test=test, body=body, orelse=orelse):
                condition = self.condition(test)
                parts = [(body, condition), (orelse, negated(condition))]
            case ast.BoolOp(op=op, values=values):
                tests = [self.condition(v) for v in values[:-1]]
                passed = [negated(t) for t in tests] if isinstance(op, ast.Or) else tests
                parts = [(values[-1], both(*passed))]
                for index, value in enumerate(values[:-1]) if isinstance(op, ast.Or) else ():
                    parts.append((value, both(*passed[:index], tests[index])))
            case ast.Name(id=name) if name in seen:
                return
            case ast.Name(id=name) if name in self.assigned and name not in self.imports:
                parts, seen = self.built(self.tree.body, name), (*seen, name)
            case _:
                yield node, when
        for part, under in parts:
            yield from self.spread(part, both(when, under), seen)

    def text(self, node: ast.AST | None) -> str | None:
        """The value of a string constant, or of a name of this module that holds one."""
        node = self.followed(node) if isinstance(node, ast.expr) else node
        return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None

    def texts(self, node: ast.AST | None) -> list[str] | None:
        """Argument names as parametrize takes them: "a, b", a list or a tuple. None when computed."""
        node = self.followed(node) if isinstance(node, ast.expr) else node
        if isinstance(node, ast.List | ast.Tuple | ast.Set):
            found = [self.text(e) for e in node.elts]
            return None if None in found else [t for t in found if t is not None]
        text = self.text(node)
        return None if text is None else [w.strip() for w in text.split(",") if w.strip()]


def _value(bindings: Sequence[Binding]) -> ast.expr | None:
    """What was assigned last."""
    return next((b.value for b in reversed(bindings) if b.kind == "value"), None)


def keywords(call: ast.Call) -> dict[str, ast.expr]:
    return {k.arg: k.value for k in call.keywords if k.arg}


def is_true(node: ast.AST | None) -> bool:
    return isinstance(node, ast.Constant) and node.value is True

"""What the names of one module mean: imports, and simple assignments followed to what they name."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from .conditions import Condition, Reader, When, both, either, guarded, negated
from .imports import canonical
from .source import Function as FunctionNode
from .source import Source, statements


def parameters(node: FunctionNode) -> list[ast.arg]:
    return [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]


_LATE = re.compile(r"\n[ \t]+(?:from|import)[ \t]+pytest")


class Names:
    """What a module's own names mean: imports, and simple assignments followed to what they name."""

    def __init__(self, file: Source) -> None:
        self.origins = file.origins
        self.tree = file.tree
        self.body = list(statements(self.tree.body))
        self.imports: dict[str, tuple[str, str]] = {}
        self.stars: list[str] = []
        self.assigned: dict[str, ast.expr] = {}
        for node in self.body:
            self._bind(node, self.imports, self.assigned)
        self.inner_imports: dict[str, tuple[str, str]] = {}  # what class bodies bind, where the module does not
        self.inner: dict[str, ast.expr] = {}
        classes = [n for n in self.body if isinstance(n, ast.ClassDef)]
        while classes:
            for node in statements(classes.pop().body):
                self._bind(node, self.inner_imports, self.inner)
                classes += [node] if isinstance(node, ast.ClassDef) else []
        if _LATE.search(file.text):  # a function that makes a fixture may import what makes it
            for node in statements(self.tree.body, inside=True):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    self._bind(node, self.inner_imports, self.inner)

    def _bind(self, node: ast.stmt, imports: dict[str, tuple[str, str]], assigned: dict[str, ast.expr]) -> None:
        if isinstance(node, ast.Import):
            for a in node.names:
                top = a.name.partition(".")[0]
                imports.setdefault(a.asname or top, (a.name if a.asname else top, ""))
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            for a in node.names:
                if a.name == "*":
                    self.stars.append(module)
                else:
                    imports.setdefault(a.asname or a.name, (module, a.name))
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                if isinstance(target, ast.Name):
                    assigned[target.id] = node.value

    def dotted(self, node: ast.AST, depth: int = 4) -> str:
        """The dotted name of an expression, "" when it is none; a name of this module gets a colon."""
        suffix = ""
        while isinstance(node, ast.Attribute):
            suffix = f".{node.attr}{suffix}"
            node = node.value
        if not isinstance(node, ast.Name):
            return ""
        if node.id in self.imports:
            return canonical(_joined(*self.imports[node.id]) + suffix, self.origins)
        value = self.assigned.get(node.id)
        if depth and isinstance(value, ast.Name | ast.Attribute) and (found := self.dotted(value, depth - 1)):
            return canonical(found + suffix, self.origins)
        if value is None and (given := self.origins.get(f":{node.id}")):
            return given + suffix  # a star import gives it
        if value is None and node.id in self.inner_imports and node.id not in self._bound:
            return canonical(_joined(*self.inner_imports[node.id]) + suffix, self.origins)
        return f":{node.id}{suffix}"

    def followed(self, node: ast.expr) -> ast.expr:
        """What a plain name was assigned in this module, or the node itself."""
        for _ in range(4):
            if not (isinstance(node, ast.Name) and node.id in self.assigned):
                break
            node = self.assigned[node.id]
        return node

    # ---- conditions --------------------------------------------------------------------------

    def condition(self, test: ast.expr) -> Condition:
        """The condition that an expression is as the test of an `if` of this module."""
        return Reader(self.dotted, self._constant).test(test)

    def guarded(self, body: Sequence[ast.stmt], when: When = None) -> Iterator[tuple[ast.stmt, When]]:
        """The statements that run in one scope, each with the condition under which it does."""
        return guarded(body, self.condition, when)

    @cached_property
    def _bound(self) -> dict[str, list[ast.stmt]]:
        """The statements that bind each name of the module, in their order."""
        found: dict[str, list[ast.stmt]] = {}
        for node in self.body:
            for name in _binds(node):
                found.setdefault(name, []).append(node)
        return found

    def _constant(self, node: ast.expr) -> ast.expr:
        """What a name is that this module binds once, and surely: the node itself for any other."""
        for _ in range(4):
            if not (isinstance(node, ast.Name) and node.id in self.assigned and len(self._bound[node.id]) == 1):
                break
            if self._bound[node.id][0] not in self.tree.body:
                break
            node = self.assigned[node.id]
        return node

    @cached_property
    def _whens(self) -> dict[ast.stmt, When]:
        return dict(self.guarded(self.tree.body))

    def alternatives(self, name: str) -> list[tuple[ast.stmt, When]]:
        """The statements of the module that may decide what a name means, each with the condition under which it does:
        the last one that runs."""
        found: list[tuple[ast.stmt, When]] = []
        later: list[When] = []
        for node in reversed(self._bound.get(name, ())):
            when = self._whens[node]
            found.append((node, both(when, negated(either(later))) if later else when))
            later.append(when)
            if when is None:
                break
        return found[::-1]

    def built(self, body: Sequence[ast.stmt], name: str) -> list[tuple[ast.expr, When]]:
        """The expressions that make up what a name of a scope holds in the end, each with its condition: what was
        assigned last, and what `+=`, append and extend put to it."""
        found: list[tuple[ast.expr, When]] = []
        for node, when in self.guarded(body):
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

    def spread(self, node: ast.expr, when: When = None, depth: int = 5) -> Iterator[tuple[ast.expr, When]]:
        """The parts of a list, a sum, `a if x else b`, `x and a`, through names of the module, with their conditions."""
        match node:
            case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.Set(elts=parts):
                for part in parts:
                    yield from self.spread(part, when, depth)
            case ast.BinOp(left=left, right=right):
                yield from self.spread(left, when, depth)
                yield from self.spread(right, when, depth)
            case ast.Starred(value=value):
                yield from self.spread(value, when, depth)
            case ast.IfExp(test=test, body=body, orelse=orelse):
                condition = self.condition(test)
                yield from self.spread(body, both(when, condition), depth)
                yield from self.spread(orelse, both(when, negated(condition)), depth)
            case ast.BoolOp(op=op, values=values):
                tests = [self.condition(v) for v in values[:-1]]
                passed = [negated(t) for t in tests] if isinstance(op, ast.Or) else tests
                yield from self.spread(values[-1], both(when, *passed), depth)
                for index, value in enumerate(values[:-1]) if isinstance(op, ast.Or) else ():
                    yield from self.spread(value, both(when, *passed[:index], tests[index]), depth)
            case ast.Name(id=name) if depth and name in self.assigned and name not in self.imports:
                for value, under in self.built(self.tree.body, name):
                    yield from self.spread(value, both(when, under), depth - 1)
            case _:
                yield node, when

    def meanings(self, node: ast.expr) -> list[tuple[str, When]]:
        """What `dotted` gives, for each way in which the module may bind the expression's first name."""
        first = node
        while isinstance(first, ast.Attribute):
            first = first.value
        bindings = self.alternatives(first.id) if isinstance(first, ast.Name) else []
        bindings = [b for b in bindings if not _sets_to_none(b[0])]  # the name means the others, or each use fails
        if len(bindings) < 2 or not isinstance(first, ast.Name):
            return [(self.dotted(node), None)]
        suffix = ast.unparse(node)[len(first.id) :]
        found: dict[str, list[When]] = {}
        for binding, when in bindings:
            meant = canonical(self.meaning(first.id, binding) + suffix, self.origins)
            found.setdefault(meant, []).append(when)
        return [(name, either(whens) if len(found) > 1 else None) for name, whens in found.items()]

    def meaning(self, name: str, binding: ast.stmt) -> str:
        """What a name is by one of its bindings; with a colon where that is no other name."""
        match binding:
            case ast.Import(names=aliases):
                return next(
                    a.name if a.asname else name for a in aliases if name in (a.asname, a.name.partition(".")[0])
                )
            case ast.ImportFrom(names=aliases, module=module, level=level):
                original = next(a.name for a in aliases if name == (a.asname or a.name))
                return f"{'.' * level}{module or ''}{'.' if module else ''}{original}"
            case ast.Assign(value=ast.Name() | ast.Attribute() as value) if found := self.dotted(value):
                return found
        return f":{name}"

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


def _sets_to_none(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and node.value.value is None


def _joined(module: str, name: str) -> str:
    """What an import brings, as one dotted name."""
    return module + ("" if not name or module.endswith(".") else ".") + name


def _binds(node: ast.stmt) -> Iterator[str]:
    """The names that a statement of a module binds."""
    match node:
        case ast.Import(names=aliases):
            yield from (a.asname or a.name.partition(".")[0] for a in aliases)
        case ast.ImportFrom(names=aliases):
            yield from (a.asname or a.name for a in aliases)
        case ast.Assign(targets=targets):
            stored = (
                n for t in targets for n in ast.walk(t) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
            )
            yield from (n.id for n in stored)
        case ast.AnnAssign(target=ast.Name(id=name)) | ast.AugAssign(target=ast.Name(id=name)):
            yield name
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name


def keywords(call: ast.Call) -> dict[str, ast.expr]:
    return {k.arg: k.value for k in call.keywords if k.arg}


def exports(names: Names) -> tuple[str, ...] | None:
    """What a module's `__all__` lists; None without one."""
    found: list[str] | None = None
    for node in names.body:
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(t, ast.Name) and t.id == "__all__" for t in targets):
                found = (found or []) + (names.texts(node.value) or [])
    return None if found is None else tuple(found)


def is_true(node: ast.AST | None) -> bool:
    return isinstance(node, ast.Constant) and node.value is True


def literal_params(names: Names, node: FunctionNode) -> list[ast.Constant] | None:
    """The params of a fixture where every one is a plain string; None elsewhere."""
    calls = [d for d in node.decorator_list if isinstance(d, ast.Call)]
    given = next((p for c in calls if (p := keywords(c).get("params")) is not None), None)
    values = names.followed(given) if given is not None else None
    if not isinstance(values, ast.List | ast.Tuple):
        return None
    found: list[ast.Constant] = []
    for value in values.elts:
        item = (
            value.args[0]
            if isinstance(value, ast.Call) and value.args and names.dotted(value.func) == "pytest.param"
            else value
        )
        if not (isinstance(item, ast.Constant) and isinstance(item.value, str)):
            return None
        found.append(item)
    return found

"""Where a test makes something raise a bare `Exception`: a side effect of a mock, or a fake that raises it.

What the mock or the fake stands for is told as a type path (`types/paths.py`): the target of a patch, what is assigned over, the
declared type of a parameter that it becomes, the base of a fake class. A place is followed within its file.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from itertools import islice
from typing import Literal, NamedTuple

from ...engine.arguments import positional
from ...engine.grouping import grouped
from ...engine.names import keywords, last_name
from ...engine.source import Function, Source, is_function
from ..types.scan import is_test_module
from .broad import EVERYTHING
from .patches import MOCKS, Patches, Stands, text_of

_WORDS = ("Exception", "BaseException")
_CONTROL = {"spec", "spec_set", "name", "autospec", "new", "new_callable", "create", "wraps", "unsafe", "kwargs"}
_DEEP = 25  # steps that a mock is followed
_MANY = 100  # things that one can stand for


class Injection(NamedTuple):
    """A bare exception: where its name stands, what raises it in the test, and what it is given: how many arguments by
    position, -1 for the class itself, -2 for anything else."""

    line: int
    column: int
    kind: Literal["Exception", "BaseException"]
    stands: tuple[Stands, ...]
    given: int
    told: bool = False  # a text beside it names the type


def injections(file: Source) -> tuple[Injection, ...]:
    """The bare exceptions that a test file injects, in the order of the text; none for any other file."""
    if not file.word_lines(_WORDS) or not is_test_module(file):
        return ()
    return tuple(_Reader(file).read())


def _bounded(
    find: Callable[[_Reader, ast.AST], Iterator[Stands]],
) -> Callable[[_Reader, ast.AST], tuple[Stands, ...]]:
    """A step on the way of a mock, taken once for each node and depth: ways branch and meet again, and go in circles."""

    def ask(self: _Reader, node: ast.AST) -> tuple[Stands, ...]:
        if self.depth > _DEEP:
            return ()
        key = (find.__name__, node, self.depth)
        if key not in self.found:
            self.depth += 1
            self.found[key] = tuple(islice(dict.fromkeys(find(self, node)), _MANY))
            self.depth -= 1
        return self.found[key]

    return ask


class _Reader(Patches):
    def __init__(self, file: Source) -> None:
        super().__init__(file)
        self.parents: Mapping[ast.AST, ast.AST] = file.parents
        self.depth = 0
        self.found: dict[tuple[str, ast.AST, int], tuple[Stands, ...]] = {}

    def read(self) -> Iterator[Injection]:
        lines = set(self.file.word_lines(_WORDS))
        nodes = [
            n
            for n in self.parents
            if isinstance(n, ast.Name | ast.Attribute) and n.lineno in lines and last_name(n) in _WORDS
        ]
        for node in sorted(nodes, key=lambda n: (n.lineno, n.col_offset)):
            kind = EVERYTHING.get(self.names.meaning(node))
            if kind is None or kind == "bare":
                continue
            parent = self.parents[node]
            call = parent if isinstance(parent, ast.Call) and parent.func is node else None
            stands = tuple(dict.fromkeys(self.raising(call or node)))
            if stands:
                yield Injection(
                    line=node.lineno,
                    column=node.col_offset,
                    kind=kind,
                    stands=stands,
                    given=_given(call),
                    told=self._is_told(node),
                )

    def _is_told(self, node: ast.AST) -> bool:
        """Whether a text in the outermost function around names the type: it may be compared with what arrives."""
        around = [p for p in self.file.ancestors(node) if is_function(p)]
        texts = (n.value for n in ast.walk(around[-1]) if isinstance(n, ast.Constant)) if around else ()
        return any(isinstance(t, str) and ("Exception(" in t or t.strip() in _WORDS) for t in texts)

    # ---- who raises it -----------------------------------------------------------------------

    @_bounded
    def raising(self, node: ast.AST) -> Iterator[Stands]:
        """What, in the place of which, raises the value of an expression when it is called."""
        parent = self.parents.get(node)
        match parent:
            case ast.Raise(exc=exc) if exc is node:
                if (function := self._function(parent)) is not None:
                    yield from self.replaced(function)
            case ast.Call(func=ast.Attribute(attr="throw"), args=[first, *_]) if first is node:
                if (function := self._function(parent)) is not None:
                    yield from self.replaced(function)
            case ast.keyword(arg="side_effect"):
                yield from self.objects(self.parents[parent])
            case ast.List() | ast.Tuple() | ast.IfExp() | ast.Starred():
                yield from self.raising(parent)
            case ast.Call(func=ast.Name(id="iter" | "cycle" | "repeat"), args=[first, *_]) if first is node:
                yield from self.raising(parent)
            case ast.Dict(keys=keys, values=values) if node in values:
                yield from self._keyed(parent, keys[values.index(node)])
            case ast.Assign(targets=[ast.Attribute(value=owner, attr="side_effect")]):
                yield from self.objects(owner)
            case ast.Assign(targets=[ast.Name() as target]):
                for use in self.uses(target):
                    yield from self.raising(use)

    def _keyed(self, mapping: ast.Dict, key: ast.expr | None) -> Iterator[Stands]:
        """`Mock(**{"fetch.side_effect": …})`."""
        text = key.value if isinstance(key, ast.Constant) and isinstance(key.value, str) else ""
        keyword = self.parents.get(mapping)
        if not isinstance(keyword, ast.keyword) or keyword.arg is not None or not text.endswith("side_effect"):
            return
        for found in self.objects(self.parents[keyword]):
            for name in text.split(".")[:-1]:
                found = found.step(name)
            yield found

    def _function(self, node: ast.AST) -> Function | ast.Lambda | None:
        return next((p for p in self.file.ancestors(node) if is_function(p) or isinstance(p, ast.Lambda)), None)

    def replaced(self, function: Function | ast.Lambda) -> Iterator[Stands]:
        """What a fake function stands for."""
        if isinstance(function, ast.Lambda):
            yield from self.place(function)
            return
        owner = self.parents[function]
        if not isinstance(owner, ast.ClassDef):
            for use in self.uses(function):
                yield from self.place(use)
            return
        for base in owner.bases:
            for found in self.objects(base):
                yield found if function.name == "__init__" else found.called().step(function.name)
        for use in self.uses(owner):
            call = self.parents.get(use)
            if isinstance(call, ast.Call) and call.func is use:
                instances = list(self.place(call))
            else:
                classes = list(self.place(use))
                if function.name == "__init__":
                    yield from classes
                instances = [found.called() for found in classes]
            for found in instances:
                yield found if function.name == "__call__" else found.step(function.name)

    # ---- where an object goes ------------------------------------------------------------------

    @_bounded
    def place(self, node: ast.AST) -> Iterator[Stands]:
        """What an object takes the place of."""
        parent = self.parents.get(node)
        match parent:
            case ast.keyword(arg=str(name)):
                call = self.parents[parent]
                if isinstance(call, ast.Call):
                    yield from self._keyword(call, name)
            case ast.Call(args=args) if node in args:
                yield from self._argument(parent, [*map(id, args)].index(id(node)))
            case ast.Lambda(body=body) if body is node:
                yield from (found.called() for found in self.place(parent))
            case ast.IfExp():
                yield from self.place(parent)
            case ast.Assign(targets=[ast.Attribute(value=owner, attr=attr) as target]):
                for found in self.objects(owner):
                    if attr == "side_effect":
                        yield found
                    elif attr == "return_value":
                        yield found.called()
                    else:
                        there = found.step(attr)
                        yield there if found.patched else Stands(there.path, there.path)
                yield from (s for use in self._same_attributes(target) for s in self.place(use))
            case ast.Assign(targets=[ast.Name() as target]) | ast.NamedExpr(target=target):
                for use in self.uses(target):
                    yield from self.place(use)
            case ast.Return() | ast.Yield():
                function = self._function(parent)
                if function is not None and not isinstance(function, ast.Lambda) and self._is_fixture(function):
                    for use in self._asked(function.name):
                        yield from self.place(use)
                elif function is not None and not isinstance(self.parents[function], ast.ClassDef):
                    yield from (found.called() for found in self.replaced(function))

    def _keyword(self, call: ast.Call, name: str) -> Iterator[Stands]:
        patch = self.patch(call)
        if name == "side_effect":
            yield from self.objects(call)
        elif patch is not None and name == "new":
            yield from patch
        elif patch is not None or self.mock(call):
            if name not in _CONTROL:
                yield from (found.step(name) for found in self.objects(call))
        else:
            yield from (Stands(f"{found.path}#{name}") for found in self.objects(call.func))

    def _argument(self, call: ast.Call, index: int) -> Iterator[Stands]:
        patch = self.patch(call)
        if patch is not None:
            if index == (2 if self.patched_by(call) in ("object", "setattr") and not text_of(call.args[0]) else 1):
                yield from patch
        elif not self.mock(call):
            yield from (Stands(f"{found.path}#{index}") for found in self.objects(call.func))

    # ---- what an object is ---------------------------------------------------------------------

    @_bounded
    def objects(self, node: ast.AST) -> Iterator[Stands]:
        """What an expression stands for: something real, or what it takes the place of."""
        match node:
            case ast.Name():
                yield from self._named(node)
            case ast.Attribute(value=value, attr=attr):
                yield from (found.step(attr) for found in self.objects(value))
                for other in self._same_attributes(node):
                    assigned = self.parents.get(other)
                    if isinstance(assigned, ast.Assign) and assigned.value is not node:
                        yield from self.objects(assigned.value)
            case ast.Call(func=ast.Attribute(value=patcher, attr="start"), args=[]):
                yield from self.objects(patcher)
            case ast.Call():
                patch = self.patch(node)
                if patch is not None:
                    yield from patch
                elif self.mock(node):
                    given = keywords(node)
                    spec = given.get("spec") or given.get("spec_set")
                    yield from (found.called() for found in (self.objects(spec) if spec is not None else ()))
                    yield from self.place(node)
                else:
                    yield from (found.called() for found in self.objects(node.func))
            case ast.Await(value=value) | ast.NamedExpr(value=value):
                yield from self.objects(value)

    def _named(self, node: ast.Name) -> Iterator[Stands]:
        found = self.names.scope(node).find(node.id)
        meaning = self.names.meaning(node)
        if found is None or (meaning and not meaning.startswith(":")):
            if meaning:
                yield Stands(meaning)
            return
        home, bindings = found
        for binding in bindings:
            value, statement = binding.node, binding.statement
            if binding.kind in ("class", "function"):
                if not home.is_function:
                    yield Stands(f"~.{node.id}")
            elif isinstance(statement, ast.With | ast.AsyncWith):
                for item in statement.items:
                    if isinstance(item.optional_vars, ast.Name) and item.optional_vars.id == node.id:
                        yield from self.objects(item.context_expr)
            elif binding.kind == "value" and value is not None:
                yield from self.objects(value)
            elif is_function(home.node):
                yield from self._parameter(home.node, node.id)

    def _parameter(self, function: Function, name: str) -> Iterator[Stands]:
        """What a patch in a decorator, a fixture of this file or an annotation says of a parameter."""
        patches = [
            found
            for d in reversed(function.decorator_list)
            if isinstance(d, ast.Call) and (found := self.patch(d)) is not None and not self.replaces(d)
        ]
        names = positional(function)
        if name in names and names.index(name) < len(patches):
            yield from patches[names.index(name)]
            return
        arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
        declared = next((a.annotation for a in arguments if a.arg == name), None)
        meaning = self.names.meaning(declared) if declared is not None else ""
        if meaning and not meaning.startswith("builtins.") and meaning.rpartition(".")[2] not in MOCKS:
            yield Stands(f"{meaning.replace(':', '~.', 1) if meaning[0] == ':' else meaning}*")
        for fixture in self._functions.get(name, ()):
            if self._is_fixture(fixture):
                for given in ast.walk(fixture):
                    if isinstance(given, ast.Return | ast.Yield) and given.value is not None:
                        yield from self.objects(given.value)

    # ---- names of this file ------------------------------------------------------------------------

    def uses(self, target: ast.Name | Function | ast.ClassDef) -> list[ast.Name]:
        """Where what a name, function or class of this file binds is read."""
        name = target.id if isinstance(target, ast.Name) else target.name
        at = target if isinstance(target, ast.Name) else self.parents[target]
        inside = is_function(at) and at is not target
        scope = self.names.of(at) if inside else self.names.scope(at) if at is target else self.names.module
        home = scope.find(name)
        if home is None:
            return []
        return [
            n
            for n in self._reads.get(name, ())
            if (f := self.names.scope(n).find(name)) is not None and f[0] is home[0]
        ]

    @cached_property
    def _reads(self) -> dict[str, list[ast.Name]]:
        nodes = (n for n in self.parents if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load))
        return grouped((n.id, n) for n in nodes)

    def _same_attributes(self, node: ast.Attribute) -> Iterator[ast.Attribute]:
        """Other places of `self.x` in the same class: where it is set, for one that is read, and the other way round."""
        if not isinstance(node.value, ast.Name) or node.value.id not in ("self", "cls"):
            return
        cls = next((p for p in self.file.ancestors(node) if isinstance(p, ast.ClassDef)), None)
        for other in ast.walk(cls) if cls is not None else ():
            match other:
                case ast.Attribute(value=ast.Name(id=owner), attr=attr) if (owner, attr) == (
                    node.value.id,
                    node.attr,
                ):
                    if type(other.ctx) is not type(node.ctx):
                        yield other

    @cached_property
    def _functions(self) -> dict[str, list[Function]]:
        return grouped((n.name, n) for n in self.parents if is_function(n))

    def _is_fixture(self, function: Function) -> bool:
        decorators = (d.func if isinstance(d, ast.Call) else d for d in function.decorator_list)
        return any(last_name(d) == "fixture" for d in decorators)

    def _asked(self, name: str) -> Iterator[ast.Name]:
        """Where tests of this file read a fixture."""
        for node in self._reads.get(name, ()):
            found = self.names.scope(node).find(name)
            if found is not None and is_function(found[0].node):
                yield node


def _given(call: ast.Call | None) -> int:
    if call is None:
        return -1
    plain = not call.keywords and not any(isinstance(a, ast.Starred) for a in call.args)
    return len(call.args) if plain else -2

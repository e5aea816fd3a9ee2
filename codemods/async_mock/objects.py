"""What the objects of one test file stand for: real objects, mocks and patches, as type paths.

`values(expression)` says what an expression may hold (see `value.py`). An untyped `Mock()` stands
for what the slots that it flows to expect; that is its roles, which `mocks.py` finds. The two need each other, so a
guard cuts what would go round in circles.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from ..engine.names import last_name
from ..engine.source import Function, Source
from ..facts.types.paths import either
from .library import Library, Patch
from .places import Filling, Place
from .value import MOCKERS, MOCKS, Sort, Value, called, entered, is_library_class, step, weaker

_NO_FIXTURE_TYPE = MOCKERS | {"monkeypatch", "request", "tmp_path", "caplog", "capsys"}
PATCHED = "test"  # mock.patch.TEST_PREFIX: the methods that a decorator of the class patches
_ENTER = ("enter_context", "enterContext", "enter_async_context", "enterAsyncContext")


class Objects(Library):
    """The objects of one file and what they stand for."""

    def __init__(self, file: Source) -> None:
        super().__init__(file)
        self._memo: dict[tuple[str, ast.AST], tuple[Value, ...]] = {}
        self._active: set[tuple[str, ast.AST]] = set()
        self._cuts = 0

    def values(self, node: ast.AST | None) -> tuple[Value, ...]:
        """What an expression may hold."""
        return self.guarded("values", node, self._values) if node is not None else ()

    def roles(self, node: ast.expr) -> tuple[Value, ...]:
        """What the slots that a mock flows to expect it to be."""
        raise NotImplementedError

    def guarded(self, kind: str, node: ast.AST, work: Callable[[Any], Iterator[Value]]) -> tuple[Value, ...]:
        key = (kind, node)
        if key in self._memo:
            return self._memo[key]
        if key in self._active or len(self._active) > 150:
            self._cuts += 1
            return ()
        self._active.add(key)
        before = self._cuts
        try:
            found = tuple(dict.fromkeys(work(node)))[:8]
        finally:
            self._active.discard(key)
        if self._cuts == before or not self._active:  # a result that was cut short holds only here
            self._memo[key] = found
        return found

    # ---- names and attributes --------------------------------------------------------------

    def _values(self, node: ast.AST) -> Iterator[Value]:
        match node:
            case ast.Name():
                scope, path = self.places.lookup(node)
                if scope is None:
                    if path and not path.startswith("builtins."):
                        yield Value(path, "V5", "real")
                elif (place := self.places.root(node)) is not None:
                    yield from self.held(place, node)
            case ast.Attribute():
                yield from self._attribute(node)
            case ast.Call():
                yield from self._call(node)
            case ast.Await(value=inner):
                yield from self.values(inner)
            case ast.NamedExpr() | ast.IfExp() | ast.BoolOp():
                yield from (v for each in either(node) for v in self.values(each))

    def _attribute(self, node: ast.Attribute) -> Iterator[Value]:
        place = self.places.place(node)
        if place is not None and self.places.bound(place, node):
            yield from self.held(place, node)
        elif place is not None and (assigned := list(self.places.assigned(place, node))):
            yield from (found for binding, origin in assigned for found in self._of_binding(binding, origin))
        elif place is not None and isinstance(place[0], ast.ClassDef) and place[1].count(".") == 1:
            yield Value(f"~.{place[0].name}().{node.attr}")  # set by a base class in another file
        else:
            yield from (found for v in self.values(node.value) for found in step(v, node.attr))

    def held(self, place: Place, at: ast.AST) -> Iterator[Value]:
        """What a place holds, seen from a node."""
        for binding in self.places.bound(place, at):
            yield from self._of_binding(binding, place)

    def _of_binding(self, binding: Filling, place: Place) -> Iterator[Value]:
        match binding.how:
            case "assign":
                yield from self._with_declared(self.values(binding.value), self.declared(binding.annotation))
            case "item":
                for member in self.places.sources(binding):
                    yield from self.values(member)
            case "with":
                yield from (found for v in self.values(binding.value) for found in entered(v))
            case "param" if binding.function is not None:
                yield from self._parameter(binding.function, place[1], self.declared(binding.annotation))

    def declared(self, annotation: ast.expr | None) -> str:
        """The type path of an annotation; "" for the mock library's own classes."""
        path = self.places.types.annotation(annotation, {})
        return "" if is_library_class(path) else path

    def declared_result(self, function: Function) -> str:
        path = self.places.types.element(function.returns, {}) or self.declared(function.returns)
        return "" if is_library_class(path) else path

    @staticmethod
    def _with_declared(held: tuple[Value, ...], declared: str) -> Iterator[Value]:
        yield from held
        if declared:
            yield Value(declared, "V1", held[0].mock if held else "")

    # ---- parameters ------------------------------------------------------------------------

    def _parameter(self, function: Function, name: str, declared: str) -> Iterator[Value]:
        for injected, patch in self.injected(function):
            if injected == name:
                yield from self.patched(patch)
                return
        held: tuple[Value, ...] = ()
        requests = self.places.fixtures.is_test(function) or self.places.is_fixture(function)
        if requests:
            given = self.places.fixtures.given(function, name)
            own = [v for fixture in given.functions for v in self.returned(fixture)]
            far = () if name in _NO_FIXTURE_TYPE else given.elsewhere
            held = (*own, *(Value(f"fixture:{each}", "V1", "fixture") for each in far))
        else:
            calls = self.places.calls.get(function, ())
            passed = [self.values(self.places.given(call, function).get(name)) for call in calls]
            held = tuple(dict.fromkeys(v for found in passed for v in found))
            if not all(
                any(v.path and v.mock != "fixture" for v in found) for found in passed
            ):  # perhaps something else
                held = tuple(replace(v, evidence=max(v.evidence, "V6")) for v in held)
        yield from self._with_declared(held, declared)

    def returned(self, function: Function) -> Iterator[Value]:
        """What a fixture or a helper function of this file gives."""
        held = tuple(v for result in self.places.results(function) for v in self.values(result))
        yield from self._with_declared(held, self.declared_result(function))

    def injected(self, function: Function) -> list[tuple[str, Patch]]:
        """Parameters that patch decorators fill, of the function bottom up and then of its class."""
        cls = self.file.parents[function]
        decorators = [*reversed(function.decorator_list)]
        arguments = [a.arg for a in [*function.args.posonlyargs, *function.args.args]]
        if isinstance(cls, ast.ClassDef):
            arguments = arguments[1:]
            if function.name.startswith(PATCHED):
                decorators += reversed(cls.decorator_list)
        found: list[tuple[str, Patch]] = []
        for decorator in decorators:
            patch = self.patch(decorator) if isinstance(decorator, ast.Call) else None
            if patch is None or patch.name not in ("patch", "patch.object") or patch.new is not None:
                continue
            if len(found) < len(arguments):
                found.append((arguments[len(found)], patch))
        return found

    # ---- calls -----------------------------------------------------------------------------

    def _call(self, node: ast.Call) -> Iterator[Value]:
        name = self.mock_name(node.func)
        if name in MOCKS:
            yield from self._constructed(node, MOCKS[name])
        elif name == "create_autospec" and node.args:
            instance = any(k.arg == "instance" and getattr(k.value, "value", False) for k in node.keywords)
            for v in self.values(node.args[0]):
                yield Value(f"{v.path}!" if instance else v.path, "V2", "autospec")
        elif (patch := self.patch(node)) is not None:
            direct = self.dotted(node.func).startswith("mocker.")
            yield from (replace(v, patcher=not direct) for v in self.patched(patch))
        elif name:
            yield Value("", "V1", "other")
        else:
            yield from self._plain_call(node)

    def _plain_call(self, node: ast.Call) -> Iterator[Value]:
        last = last_name(node.func)
        if last in _ENTER and node.args:
            yield from (found for v in self.values(node.args[0]) for found in entered(v))
        elif last == "cast" and len(node.args) == 2:
            yield from self._with_declared(self.values(node.args[1]), self.declared(node.args[0]))
        elif self.dotted(node.func) == "functools.partial" and node.args:
            yield from self.values(node.args[0])
        elif last in ("start", "__enter__") and isinstance(node.func, ast.Attribute):
            for v in self.values(node.func.value):
                yield from (
                    [replace(v, patcher=False)] if v.patcher else [c for s in step(v, last) for c in called(s)]
                )
        else:
            if node in self.places.callees:
                yield from self.returned(self.places.callees[node])
            yield from (c for v in self.values(node.func) for c in called(v))

    def _constructed(self, node: ast.Call, mock: Sort) -> Iterator[Value]:
        spec = self.spec(node)
        if spec is not None:
            for v in self.values(spec):
                yield Value(f"{v.path}!" if v.path else "", "V2", "spec")
            return
        found = [replace(v, mock=mock, guard="", patcher=False) for v in self.roles(node)]
        yield from found or [Value("", "V1", mock)]

    # ---- patches ---------------------------------------------------------------------------

    def patch(self, node: ast.Call) -> Patch | None:
        """A call of patch, patch.object, patch.multiple, monkeypatch.setattr or setattr, taken apart."""
        name = self.mock_name(node.func) or self.dotted(node.func)
        if name not in _PATCHES or any(isinstance(a, ast.Starred) for a in node.args):
            return None
        keywords = {k.arg: k.value for k in node.keywords if k.arg}
        short = name == "monkeypatch.setattr" and len(node.args) == 2 and "value" not in keywords
        names = ("target", "value") if short else _PATCHES[name]
        given = keywords | dict(zip(names, node.args, strict=False))
        target, *attribute, new = (given.get(each) for each in names)
        texts = [text.rpartition(".")[2] for text in map(self.text, (target, *attribute)) if text]
        if name == "patch.multiple":
            targets, new = self.named(target, dots=0) or self.values(target), None
            texts += keywords
        else:
            targets = self.attribute(target, attribute[0]) if attribute else self.named(target)
        return Patch(
            name=name if name.startswith("patch") else "setattr",
            call=node,
            targets=targets,
            new=new,
            keywords=keywords,
            names=tuple(texts),
        )

    def named(self, target: ast.expr | None, dots: int = 1) -> tuple[Value, ...]:
        """What a target given as text names."""
        text = self.text(target)
        return (Value(text, "V5", "real"),) if text and text.count(".") >= dots else ()

    def attribute(self, owner: ast.expr | None, attribute: ast.expr | None) -> tuple[Value, ...]:
        owners = self.named(owner, dots=0) or self.values(owner)
        found = [s for name in self.texts(attribute) for v in owners if name.isidentifier() for s in step(v, name)]
        return tuple(replace(v, evidence=weaker(v.evidence, "V5")) for v in found)

    def patched(self, patch: Patch) -> Iterator[Value]:
        """What a patch puts in place: the value given, or a mock for its target."""
        if patch.new is not None:
            yield from self.values(patch.new)
            return
        mock: Sort = "plain"
        if "new_callable" in patch.keywords:
            mock = MOCKS.get(self.mock_name(patch.keywords["new_callable"]), "other")
        elif any(k in patch.keywords for k in ("autospec", "spec", "spec_set")):
            mock = "autospec"
        for v in patch.targets:
            guard = v.path if mock == "plain" and "new_callable" not in patch.keywords else ""
            yield Value(v.path, weaker(v.evidence, "V3"), mock, guard)


_SETATTR = ("target", "name", "value")
_PATCHES = {  # what they take by position
    "patch": ("target", "new"),
    "patch.object": ("target", "attribute", "new"),
    "patch.multiple": ("target", "spec"),
    "monkeypatch.setattr": _SETATTR,
    "builtins.setattr": _SETATTR,
    "builtins.object.__setattr__": _SETATTR,
}

"""Where the objects in a file's places come from: other names, fixtures, helpers and what these are given."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cached_property

from .places import Filling, Place, Places


class Flow(Places):
    """All places of a file, and what flows between them."""

    def sources(self, binding: Filling) -> Iterator[ast.expr]:
        """The expressions of this file that a place gets its object from: another place, what a fixture or a helper
        gives, what a helper is given."""
        value = binding.value
        match binding.how, binding.node:
            case "param", ast.arg(arg=name) if binding.function is not None:
                for fixture in self.fixtures.given(binding.function, name).functions:
                    yield from self.results(fixture)
                for call in self.calls_of(binding.function):
                    if (argument := self.argument(call, binding.function, name)) is not None:
                        yield argument
            case "assign", _ if value is not None:
                yield from self.results(self.callees[value]) if value in self.callees else (value,)
            case "item", _ if value in self.callees:
                for result in self.results(self.callees[value]):
                    if isinstance(result, ast.Tuple) and binding.index < len(result.elts):
                        yield result.elts[binding.index]

    def origins(self, place: Place) -> Iterator[Place]:
        """The place itself, and those it gets its object from within this file: other names, results of fixtures and
        helpers, arguments."""
        found = {place: None}
        queue: list[tuple[Place, ast.expr | None]] = [(place, None)]
        while queue and len(found) < 100:
            (scope, key), at = queue.pop(0)
            steps = key.split(".")
            for size in range(1, len(steps) + 1):
                held, rest = ".".join(steps[:size]), ["", *steps[size:]]
                for binding in self.bindings.get((scope, held), []):
                    if at is not None and self._comes_later(binding, at):
                        continue
                    for origin, source in self._same_objects(binding):
                        further = (origin[0], origin[1] + ".".join(rest))
                        if further not in found and further[1].count(".") < 20:
                            found[further] = None
                            queue.append((further, source))
        yield from found

    def _same_objects(self, binding: Filling) -> Iterator[tuple[Place, ast.expr]]:
        """The places that hold what a binding gives, each with the expression that says so."""
        for source in self.sources(binding):
            if (origin := self.place(source)) is not None:
                yield origin, source
            else:
                yield from ((place, source) for place in self._holders.get(source, ()))

    @cached_property
    def _holders(self) -> dict[ast.expr, list[Place]]:
        """The places that one expression is assigned to: several in `a = b = Mock()`."""
        found: dict[ast.expr, list[Place]] = {}
        for place, bindings in self.bindings.items():
            for binding in bindings:
                if binding.how == "assign" and binding.value is not None:
                    found.setdefault(binding.value, []).append(place)
        return found

    def _comes_later(self, binding: Filling, node: ast.expr) -> bool:
        """Whether a place gets that object only after a node was evaluated, in the same function."""
        target = binding.node
        if not isinstance(target, ast.expr) or binding.function is not self.function(node):
            return False
        return (target.lineno, target.col_offset) > (node.lineno, node.col_offset)

    def assigned(self, place: Place, at: ast.AST) -> Iterator[tuple[Filling, Place]]:
        """The objects that were put into a place where it got its object from: they are what it holds now."""
        for origin in self.origins(place):
            if origin != place:
                yield from ((binding, origin) for binding in self.bound(origin, at))

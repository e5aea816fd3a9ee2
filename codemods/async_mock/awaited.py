"""How the product uses what cannot be resolved: the origin of a type path, and the calls of the same origin.

`self.server.trigger` says nothing about `trigger` where nobody says what a server is. But a test that
mocks `client.server.trigger` speaks of the same thing as a product that awaits it: both start at the
attribute `server` of one class. Such an *origin* is the last thing that a path can be followed to
(an instance of a class, a function's parameter, its result, a module) and the steps that are left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from io import IOBase
from logging import Logger
from pathlib import Path
from threading import Thread
from typing import Literal, NamedTuple

from ..engine.grouping import grouped
from ..facts.types.data import FunctionFacts, How, ModuleFacts
from ..facts.types.entity import STEP, Entity
from ..facts.types.paths import MAX_PATH
from ..facts.types.resolve import Resolver

BUILTIN_METHODS = {n for kind in (dict, list, set, str, bytes, int, IOBase, Path, Thread, Logger) for n in dir(kind)}
COMPUTED = "{}"  # under which the calls by a computed name are found


class Call(NamedTuple):
    how: How
    path: str  # the type path of what is called
    module: str  # the file
    lines: tuple[int, ...]

    @property
    def where(self) -> str:
        return f"{self.module}:{self.lines[0]}" if self.lines else self.module


@dataclass(frozen=True, slots=True)
class Origin:
    """`kind` is "class" for an instance of it, "outside" for another package."""

    kind: Literal["class", "function", "module", "outside"]
    module: str
    name: str
    steps: tuple[str, ...]

    @property
    def last(self) -> str:
        return self.steps[-1].removeprefix("#")


@dataclass
class Usage(Resolver):
    """Finds the calls of the product by origin."""

    _origins: dict[tuple[str, str], Origin | None] = field(default_factory=dict)

    def calls_of(self, name: str) -> list[Call]:
        """The product's calls of everything that is called so."""
        return self._calls.get(name, [])

    @cached_property
    def _calls(self) -> dict[str, list[Call]]:
        return grouped(
            (_called(path, facts), Call(how, path, module, lines))
            for module, facts in self.product.items()
            for how, path, lines in facts.calls
        )

    def only_coroutines(self, name: str) -> bool:
        """Whether all that the project defines under a name is a coroutine function, and no builtin class has it."""
        entities = self.named.get(name, [])
        return name not in BUILTIN_METHODS and all(e is not None and self.kind(e)[0] == "coroutine" for e in entities)

    @cached_property
    def named(self) -> dict[str, list[Entity | None]]:
        """The product's functions and methods by name; None for an attribute."""
        return grouped(pair for path, facts in self.product.items() for pair in _definitions(path, facts))

    def family(self, cls: tuple[str, str]) -> list[tuple[str, str]]:
        """A class and all its subclasses."""
        found = [cls]
        for each in found:
            found += [child for child in self._children.get(each, ()) if child not in found]
        return found

    @cached_property
    def _children(self) -> dict[tuple[str, str], list[tuple[str, str]]]:
        return grouped(
            ((base.module, base.name), (path, name))
            for path, facts in self.files.items()
            for name, known in facts.classes.items()
            for base in filter(None, (self.resolve(b, path) for b in known.bases if b))
        )

    def uses(self, path: str, context: str) -> Iterator[Call]:
        """The product's calls of what a test's path means, though it cannot be resolved."""
        if (origin := self.origin(path, context)) is not None:
            origins = {origin: None}
            stack = [origin]
            while stack:
                further = dict.fromkeys(o for o in self._passed(stack.pop()) if o not in origins)
                origins |= further
                stack += further
            yield from dict.fromkeys(call for each in origins for call in self.of_origin(each))

    def of_origin(self, origin: Origin) -> Iterator[Call]:
        for call in self.calls_of(origin.last):
            _, path, module, _ = call
            if (other := self.origin(path, module)) is not None and self._same(origin, other):
                yield call

    def _same(self, origin: Origin, called: Origin) -> bool:
        """Whether the product's origin is the test's, or that of a class which the test's inherits from."""
        if origin == called:
            return True
        if not origin.kind == called.kind == "class" or origin.steps != called.steps:
            return False
        return (called.module, called.name) in self.mro((origin.module, origin.name))

    def origin(self, path: str, context: str) -> Origin | None:
        """Where a path ends that cannot be resolved; None for one that can, or that starts nowhere."""
        if len(path) > MAX_PATH:
            return None  # `self.node = self.node.parent` goes on for ever
        key = (path, context)
        if key not in self._origins:
            self._origins[key] = None  # a path that needs itself
            self._origins[key] = self._origin(path, context)
        return self._origins[key]

    def _origin(self, path: str, context: str) -> Origin | None:
        if path[:1] in ("^", "?", "<") or path.startswith(("fixture:", "builtins.")):
            return None
        entity, left = self.walk(path, context)
        if entity is None:
            outside = tuple("()" if s in "*!" else s for s in STEP.findall(path))
            return Origin("outside", "", "", outside) if path[0] not in "~." else None
        return self._stuck(entity, left) if left else None

    def _stuck(self, entity: Entity, steps: list[str]) -> Origin | None:
        """The origin of what is left behind an entity: followed on where the next step's value is known by path."""
        first, *rest = steps
        paths, stop = self._values(entity, first)
        if len(paths) == 1 and (further := self.origin(joined(paths[0][0], rest), paths[0][1])) is not None:
            return further
        return stop and Origin(stop.kind, stop.module, stop.name, (*stop.steps, *rest))

    def _values(self, entity: Entity, step: str) -> tuple[tuple[tuple[str, str], ...], Origin | None]:
        """The paths of what a step gives, each with its file, and the origin to stop at with this step."""
        match entity.kind:
            case "instance" if step[0] not in "(#*!":
                stop = Origin("class", entity.module, entity.name, (step,))
                for cls in self.mro((entity.module, entity.name)):
                    paths = self.class_facts(cls).attributes.get(step, ())
                    if paths:
                        member = Entity("attribute", cls[0], f"{cls[1]}.{step}", (), (entity.module, entity.name))
                        return tuple(self.seen_from(member, *paths)), stop
                return (), stop
            case "function" if step == "()":
                stop = Origin("function", entity.module, entity.name, ("()",))
                returns = entity.variants[0].returns
                return tuple(self.seen_from(entity, returns)) if returns else (), stop
            case _ if step[0] == "#" and (function := self.runs(entity)) is not None:
                return self._parameter_of(function, step[1:])
            case "module" if step[0] not in "(#*!":
                facts = self.facts(entity.module)
                found = (taken,) if (taken := facts.table.imported(step)) else facts.variables.get(step, ())
                return tuple((path, entity.module) for path in found), Origin("module", entity.module, "", (step,))
        return (), None

    def _parameter_of(self, function: Entity, which: str) -> tuple[tuple[tuple[str, str], ...], Origin | None]:
        name, path = self.declared(function, which)
        if not name:
            return (), None
        own = f"~.{function.name.rpartition('.')[0]}()."
        passes = function.variants[0].passes if function.owner[1] else ()
        for becomes in (becomes for taken, becomes in passes if taken == name):
            base, _, further = becomes.rpartition("#")
            if not base and becomes.startswith(own):
                return (), Origin("class", *function.owner, (becomes.rpartition(".")[2],))
            if base.endswith("().__init__") and (init := self.resolve(base, function.module)):
                return self._parameter_of(replace(init, owner=function.owner, unbound=False), further)
        stop = Origin("function", function.module, function.name, (f"#{name}",))
        return ((path, function.module),) if path else (), stop

    def _passed(self, origin: Origin) -> Iterator[Origin]:
        """Where a function hands its untyped parameter to."""
        if origin.kind != "function" or origin.steps[0][0] != "#":
            return
        for function in self.variants(origin):
            for taken, path in function.passes:
                further = self.origin(joined(path, origin.steps[1:]), origin.module)
                if taken == origin.steps[0][1:] and further is not None:
                    yield further

    def variants(self, origin: Origin) -> tuple[FunctionFacts, ...]:
        """The definitions of a function that an origin names."""
        cls, _, name = origin.name.rpartition(".")
        facts = self.facts(origin.module)
        return facts.classes[cls].methods.get(name, ()) if cls in facts.classes else facts.functions.get(name, ())


def _called(path: str, facts: ModuleFacts) -> str:
    """The name by which a call is found; a name that the module imported is found by what it means."""
    meaning = (path.startswith("~.") and facts.table.imported(path[2:])) or path
    last = STEP.findall(meaning.removesuffix("()"))[-1].removeprefix("#")
    return last if last[0] != "{" else COMPUTED


def _definitions(path: str, facts: ModuleFacts) -> Iterator[tuple[str, Entity | None]]:
    for name, variants in facts.functions.items():
        yield name, Entity("function", path, name, variants)
    for qualname, cls in facts.classes.items():
        for name, variants in cls.methods.items():
            yield name, Entity("function", path, f"{qualname}.{name}", variants)
        yield from ((name, None) for name in cls.attributes)


def joined(path: str, steps: Iterable[str]) -> str:
    return "".join([path, *(s if s[0] in "(#*!" else f".{s}" for s in steps)])

"""What becomes of the coroutines that the product's calls of one function give.

`await` is one end of a coroutine, `asyncio.run` and its like are another. A plain function that takes
one ends it where it awaits or hands on its parameter; one that returns it leaves that to its callers.
What has no end that can be seen is *loose*: a test that runs there with a plain mock may pass, and fail
with a mock that gives a coroutine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from ..facts.types.calls import LOOKING
from ..facts.types.computed import may_be
from ..facts.types.data import How
from ..facts.types.entity import STEP, Entity
from .awaited import COMPUTED, Call, Usage, joined

# functions of asyncio (and methods of its loops and task groups) that run or await what they get
TAKE = {
    "gather", "create_task", "ensure_future", "wait_for", "shield", "run", "run_until_complete", "as_completed", "wait",
    "run_coroutine_threadsafe",
}  # fmt: skip
_TASKS = {"create_task", "ensure_future", "run_until_complete", "run_coroutine_threadsafe"}
_TAKE_FUNCTIONS = {
    "anyio.run",
    "trio.run",
    "anyio.from_thread.run",
    "trio.from_thread.run",
}  # … and call it themselves
_OF_OTHERS = re.compile(r"\)\.\w+\.|\*\.|#")  # `self.runner.run`, a method of a parameter
_MAKERS = {"logging.getLogger", "re.compile", "threading.local"}  # of their own classes
ModuleAttribute = tuple[str, str]  # a module's file and the name of one of its attributes
_WAYS = {"bare": "uses it at once", "with": "enters it", "for": "iterates over it", "pass": "hands the function on"}


@dataclass(frozen=True, slots=True)
class Relay:
    """A plain function that returns the coroutine. `closed`: the product awaits all that it gives."""

    key: str
    name: str
    closed: bool


@dataclass
class Fate:
    """What is known of all calls of one function."""

    loose: dict[tuple[str, str], list[int]] = field(default_factory=dict)  # (what is done, file) → lines
    relays: dict[str, Relay] = field(default_factory=dict)  # by key
    takers: set[str] = field(default_factory=set)  # names by which what takes the coroutines is reached
    lent: set[str] = field(default_factory=set)  # takers that are methods of an object of unknown type

    @property
    def places(self) -> tuple[str, ...]:
        """What is done in "path:line, line", for people."""
        return tuple(
            f"{what} in {path}:{', '.join(map(str, sorted(set(n))))}" for (what, path), n in self.loose.items()
        )


@dataclass
class Fates(Usage):
    """Follows what calls give."""

    def fate(self, calls: Iterable[Call]) -> Fate:
        """What becomes of what these calls give."""
        found = Fate()
        self._follow(calls, found, 0)
        return found

    def _follow(self, calls: Iterable[Call], found: Fate, depth: int) -> bool:
        """Whether there are such calls, and all have an end."""
        ends = []
        for how, _, module, lines in calls:
            match how.way:
                case "await":
                    ended = True
                case "pass" if how.to.partition("#")[0] in LOOKING:
                    continue
                case "into" | "pass" if how.to:
                    ended = self._takes(how, module, found, depth)
                case "give" if (relay := self._relay(f"~.{how.to}", module, found, depth)) is not None:
                    ends.append(relay.closed)  # where it is not, the test decides
                    continue
                case "result" | "thread" | "asked":
                    continue
                case _:
                    ended = False
            if not ended:
                what = _WAYS.get(how.way, "hands it on")
                found.loose.setdefault((what, module), []).extend(lines)
            ends.append(ended)
        return bool(ends) and all(ends)

    def _relay(self, path: str, module: str, found: Fate, depth: int) -> Relay | None:
        """The plain function that returns the coroutine as it is; None where that cannot be said."""
        function = self.resolve(path, module)
        if function is None or function.kind != "function":
            return None
        key = f"{function.module}::{function.name}"
        if key in found.relays:
            return found.relays[key]
        if depth > 4 or any(v.kind != "sync" for v in function.variants) or self.kind(function) != ("sync", ""):
            return None
        found.relays[key] = Relay(key, function.name, False)
        if self._follow(self.calls_by_key(key), found, depth + 1):
            found.relays[key] = Relay(key, function.name, True)
        return found.relays[key]

    def calls_by_key(self, *keys: str) -> list[Call]:
        """The product's calls that resolve to one of some definitions of the same name."""
        calls = (
            c for c in self.calls_of(keys[0].rpartition("::")[2].rpartition(".")[2]) if not c.path.startswith("?")
        )
        return [
            c for c in calls if (e := self.resolve(c.path, c.module)) is not None and f"{e.module}::{e.name}" in keys
        ]

    def perhaps(self, method: Entity) -> list[Call]:
        """The product's calls of a method's name that may be calls of it, though nothing says on what: on `self` of a
        base class, and on anything where all that has this name is a coroutine function."""
        name = method.name.rpartition(".")[2]
        bases = list(self.mro(method.owner))
        own = self.only_coroutines(name)
        found = []
        for call in self.calls_of(name):
            how, path, module, _ = call
            owner = self.resolve(path.rpartition(".")[0], module) if path[:1] in "~." else None
            inside = owner is not None and owner.kind == "instance" and (owner.module, owner.name) in bases
            if how.way in ("result", "asked", "await", "pass") or self.resolve(path, module) is not None:
                continue
            if inside or (own and owner is None):
                found.append(call)
        return found

    def replaced(self, path: str, context: str) -> ModuleAttribute | None:
        """The module attribute that a mock at this path replaces; None for one of a class or object."""
        owner, _, name = path.rpartition(".")
        found = self.resolve(owner, context) if owner.strip("~.") or owner == "~" else None
        return (found.module, name) if found is not None and found.kind == "module" else None

    def by_computed_name(self, function: Entity, binding: ModuleAttribute | None) -> list[Call]:
        """The product's calls by a name computed at run time that may be calls of a function, and that no `await`
        ends: of a method those on an object of its class or of unknown type, of a module's attribute those on that
        module. What is entered or iterated over asynchronously was no coroutine function before either."""
        name = binding[1] if binding else function.name.rpartition(".")[2]

        def reached(owner: str, module: str) -> bool:
            if function.owner[1]:
                return self.may_hold(owner, module, function.owner)
            return binding is not None and self.replaced(f"{owner}.{name}", module) == binding

        calls = (c for c in self.calls_of(COMPUTED) if c.how.way in ("bare", "handed", "give", "into", "pass"))
        parted = ((c, *c.path.rpartition(".")) for c in calls)
        return [c for c, owner, _, step in parted if may_be(step, name) and reached(owner, c.module)]

    def probe_receivers(self) -> None:
        """Resolve the objects of calls by a computed name, only to see which files are missing."""
        for _, path, module, _ in self.calls_of(COMPUTED):
            self.resolve(path.rpartition(".")[0], module)

    def may_hold(self, path: str, module: str, cls: tuple[str, str]) -> bool:
        """Whether what a path means in a file may be a class, an object of it or of one of its subclasses."""
        if path == "?":
            return True
        if (entity := self.resolve(path, module)) is not None:
            own = (entity.module, entity.name)
            return entity.kind in ("class", "instance") and any(own in self.mro(c) for c in self.family(cls))
        exact = path.endswith("()")
        if path[0] in "~.":  # `log = logging.getLogger()`
            origin = self.origin(path, module)
            if origin is None or origin.kind != "outside":
                return True
            path, exact = joined(origin.steps[0], origin.steps[1:]), False
        named = path.removesuffix("()").removesuffix("*")
        if "(" in named or "*" in named or self.modules.split(named, module) is not None:
            return True
        if not (path.endswith("*") or named.rpartition(".")[2][:1].isupper()):
            if path != named:
                return named not in _MAKERS  # what a function of another package gives may be anything
            exact = "." not in named  # a module of another package, or one object of it
        return not exact and any(self.strange(c) for each in self.family(cls) for c in self.mro(each))

    def strange(self, cls: tuple[str, str]) -> bool:
        """Whether a class has a base of another package, so that what it inherits from is not known."""
        bases = (
            b for b in self.class_facts(cls).bases if not b.startswith(("typing.", "builtins.object", "abc.ABC"))
        )
        return any(not b or self.resolve(b, cls[0]) is None for b in bases)

    def _takes(self, how: How, module: str, found: Fate, depth: int) -> bool:
        """Whether a function awaits what it gets as that argument, or calls and awaits it (if it is the function)."""
        path, _, which = how.to.rpartition("#")
        steps = [s for s in STEP.findall(path) if s.isidentifier()]
        found.takers |= set(steps)
        if path.startswith(("asyncio.", "anyio.", "trio.")) and "*" not in path:
            if how.way == "pass":
                return path in _TAKE_FUNCTIONS or steps[-1] == "start_soon"
            return path.startswith("asyncio.") and steps[-1] in TAKE
        function = self.resolve(path, module)
        if function is None and how.way == "into" and steps and steps[-1] in _TASKS:
            found.lent |= {".".join(steps)}
            return True  # of a loop, a task group or a class of another package: it takes nothing but coroutines
        if function is None or function.kind != "function" or which == "*" or depth > 4:
            return False
        if function.owner[1] and _OF_OTHERS.search(path):
            return False  # a method of an object that a test may have put there
        found.takers |= set(function.name.split("."))
        name, declared = self.declared(function, which)
        if not name or (not function.exact and self.overridden(function, self.kind(function)[0])):
            return False
        if how.way == "pass":
            return self._calls_and_awaits(function, name, declared, found, depth)
        variants = function.variants
        if all(name in v.awaits for v in variants):
            return True
        further = [becomes for v in variants for each, becomes in v.passes if each == name]
        further = [b for b in further if b.partition("#")[0] not in LOOKING]
        return bool(further) and all(self._takes(How("into", b), function.module, found, depth + 1) for b in further)

    def _calls_and_awaits(self, function: Entity, name: str, declared: str, found: Fate, depth: int) -> bool:
        if declared == "<async>":
            return True
        path = f"~.{function.name}#{name}"
        calls = [c for c in self.calls_of(name) if c.path == path and c.module == function.module]
        inner = Fate()
        ended = self._follow(calls, inner, depth + 1) and not inner.relays
        found.takers |= inner.takers
        found.lent |= inner.lent
        return ended

    def overridden(self, function: Entity, kind: str) -> str:
        """A subclass that defines a method of this name as another kind of callable."""
        method = function.name.rpartition(".")[2]
        for child in self.family(function.owner)[1:]:
            if child[0] in self.tests and function.module not in self.tests:
                continue
            if variants := self.class_facts(child).methods.get(method):
                other = self.kind(Entity("function", child[0], f"{child[1]}.{method}", variants))[0]
                if other != kind:
                    return f"{child[1]}.{method} {'is no coroutine function' if kind == 'coroutine' else 'differs'}"
        return ""

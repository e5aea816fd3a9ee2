"""What the parts of a flow's reading share: the files, the types, and the questions that they put to each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ..types.data import FunctionFacts
from ..types.entity import Entity
from .callees import Callees
from .data import Call, Entry, Flow, FlowFacts
from .hierarchy import Class, Hierarchy, builtin
from .meanings import Meanings
from .raised import Origin, Place, Raised


class Core:
    """What running something adds to what is raised; `function` says it of one of the project."""

    def __init__(self, files: Mapping[str, FlowFacts], types: Meanings, said: Mapping[str, Entry]) -> None:
        self.files = files
        self.types = types
        self.hierarchy = Hierarchy(types)
        self.callees = Callees(files, types, said)
        self.asking: Place | None = None  # the function that is looked at; None for a guarded body
        self.owner = ""  # the class whose method is looked at: what `self` is
        self.filled: dict[Place, Raised] = {}  # what calling some parameters raises, where it is known

    def function(self, place: Place) -> Raised:
        """What a function raises, as far as that is known by now."""
        raise NotImplementedError

    def ran(self, place: Place, at: Origin, out: Raised) -> None:
        """Add what a function raises that runs at some place."""
        out.add(self.function(place), at._replace(via=place))

    def terms(
        self, flow: Flow, path: str, out: Raised, caught: tuple[Raised, ...], inside: Raised | None = None
    ) -> None:
        """Add what terms raise. `caught` is what is being handled, the innermost last; `inside` what a `with` body raises, in
        the function that makes its manager."""
        raise NotImplementedError

    def unpacked(self, place: Place) -> tuple[Flow, ...]:
        """The flows of a function."""
        raise NotImplementedError

    def run(self, entity: Entity, at: Origin, out: Raised, term: Call | None = None) -> None:
        """Add what running a function raises, under its decorators."""
        raise NotImplementedError

    def target(self, entity: Entity, at: Origin, out: Raised, term: Call | None) -> None:
        """Add what calling something raises."""
        raise NotImplementedError

    def made(self, cls: Entity, at: Origin, out: Raised, term: Call | None) -> None:
        """Add what making an instance raises."""
        raise NotImplementedError

    def assume(self, type_path: str, text: str, out: Raised) -> None:
        """An annotation says what something is, and nobody checks it: but for `self`, that is an assumption."""
        if not out.assumed and "*" in type_path.removeprefix(f"~.{self.owner}*"):
            out.assumed = text

    def special(self, entity: Entity, names: Iterable[str], at: Origin, out: Raised) -> bool:
        """Run those of some methods that the project defines for an object; whether there is any."""
        if self.types.names((entity.module, entity.name)).isdisjoint(names):
            return False
        methods = [self.types.member(entity, name) for name in names]
        own = [m for m in methods if m is not None and m.kind == "function" and m.module in self.files]
        for method in own:
            self.run(method, at, out)
        return bool(own)

    def ended(self, method: Entity, at: Origin, out: Raised) -> None:
        """Run a method of an iterator in a loop: what says that there is no more ends the loop, and does not leave it."""
        found = Raised()
        self.run(method, at, found)
        ending = [("builtins", "StopIteration"), ("builtins", "StopAsyncIteration")]
        if method.name.endswith(".__getitem__"):
            ending.append(("builtins", "IndexError"))
        out.add(self.without(found, ending)[1])

    @staticmethod
    def ending(raised: Raised, definitions: Iterable[FunctionFacts]) -> Raised:
        """What leaves a function: a StopIteration that leaves a generator or a coroutine is a RuntimeError outside (PEP 479)."""
        kinds = {each.kind for each in definitions} - {"sync"}
        for name in ("StopIteration", *(("StopAsyncIteration",) if "asyncgen" in kinds else ())):
            origin = raised.types.pop(builtin(name), None) if kinds else None
            if origin is not None:
                raised.raises(builtin("RuntimeError"), origin)
        return raised

    def without(self, raised: Raised, taking: Sequence[Class], at: Origin | None = None) -> tuple[Raised, Raised]:
        """What handlers for some classes take, and what they leave. Of a class, they may take a part; of what is not known, all
        that they name."""
        taken = {c: o for c, o in raised.types.items() if any(self.hierarchy.takes(h, c) for h in taking)}
        left = {c: o for c, o in raised.types.items() if c not in taken}
        if at is not None:
            parts = [h for h in taking if any(self.hierarchy.takes(c, h) for c in left)]
            taken |= {h: at for h in (taking if raised.unknown or raised.params else parts) if h not in taken}
        return raised.only(taken, rest=False), raised.only(left, rest=True)

    def generator(self, type_path: str, path: str, at: Origin, out: Raised) -> bool:
        """Whether a value is what a generator function gives; what that raises arrives where it is used."""
        if not type_path.endswith("()"):
            return False
        made = self.types.resolve(type_path.removesuffix("()"), path)
        if made is None or made.kind != "function" or made.variants[0].kind not in ("gen", "asyncgen"):
            return False
        if self.types.kind(made)[0] == "manager":
            return False
        self.run(made, at, out)
        return True

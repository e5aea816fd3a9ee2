"""What each function of a project, and each guarded body, can raise: over all files, as far as anyone knows.

Demand first: `Flows` begins at the bodies that it is asked for and follows the callees. Every answer only grows, so it is asked
again until nothing new comes: recursion needs no rule of its own. `types/` says what a callee is, the knowledge base what a
library's callable raises.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Mapping

from ...engine.remember import remembered
from ..types.entity import Entity
from .data import Again, Call, Entry, Flow, FlowFacts, Handler, Op, Raise, Term, Try, With, Yield
from .hierarchy import BASE, EXCEPTION, GROUP, TIMEOUT, Class
from .meanings import Meanings
from .queue import Queue
from .raised import Origin, Place, Raised
from .running import Running

_SUPPRESS = "contextlib.suppress"
_CLOSING = {"contextlib.closing()", "contextlib.aclosing()"}
_TASK_GROUPS = {("asyncio.taskgroups", "TaskGroup"), ("anyio.abc", "TaskGroup"), ("trio", "Nursery")}


class Flows(Running):
    """What the code of some files raises."""

    def __init__(
        self, files: Mapping[str, FlowFacts], types: Meanings, said: Mapping[str, Entry] | None = None
    ) -> None:
        super().__init__(files, types, said or {})
        self.state: dict[Place, Raised] = {}
        self._askers: dict[Place, dict[Place, None]] = {}
        self._queue = Queue()
        self._needed: dict[Place, None] | None = None  # what the leaf that is looked at asks for
        self._leaves: dict[tuple[int, str, bool], tuple[Term, Raised, list[tuple[Place, Raised]]]] = {}

    # ---- answers ---------------------------------------------------------------------------

    def body(self, flow: Flow, path: str, function: str = "") -> Raised:
        """What leaves some code of a file, of a function in it."""
        while True:
            self.owner = function.rpartition(".")[0]
            found = Raised()
            self.terms(flow, path, found, ())
            if not self._queue:
                return found
            self._settle()

    def source(self, origin: Origin | None, cls: Class = TIMEOUT) -> str:
        """What is called at the end of the way on which a class comes."""
        seen: set[Place] = set()
        while origin is not None and origin.via is not None and origin.via not in seen:
            seen.add(origin.via)
            origin = self.state.get(origin.via, Raised()).types.get(cls)
        return origin.text if origin is not None else ""

    def classes(self, paths: Iterable[str], context: str) -> list[Class]:
        """The classes that type paths of a file name, as far as they are known."""
        found = (self.types.resolve(p, context) for p in paths if p)
        return [(e.module, e.name) for e in found if e is not None and e.kind in ("class", "instance")]

    def function(self, place: Place) -> Raised:
        """What a function raises, as far as that is known by now."""
        if self._needed is not None:
            self._needed[place] = None
        if self.asking is not None:
            self._askers.setdefault(place, {})[self.asking] = None
        if place not in self.state:
            self.state[place] = Raised()
            self._queue.put(place)
        return self.state[place]

    def _settle(self) -> None:
        while self._queue:
            place = self._queue.take()
            self.asking, self.owner = place, place[1].rpartition(".")[0]
            found = self._evaluated(place)
            self.asking = None
            if found.size != self.state[place].size:
                self.state[place] = found
                for asker in self._askers.get(place, ()):
                    self._queue.put(asker)

    def _evaluated(self, place: Place) -> Raised:
        found = Raised()
        path, name = place
        variants = self.unpacked(place)
        if not variants:
            found.lost(name, Origin(path=path, line=0, text=name))
        for flow in variants:
            self.terms(flow, path, found, ())
        return self.ending(found, self.types.definitions(place))

    @remembered
    def unpacked(self, place: Place) -> tuple[Flow, ...]:
        path, name = place
        facts = self.files.get(path)
        return tuple(map(pickle.loads, facts.flows.get(name, ()))) if facts is not None else ()

    # ---- terms -----------------------------------------------------------------------------

    def terms(
        self, flow: Flow, path: str, out: Raised, caught: tuple[Raised, ...], inside: Raised | None = None
    ) -> None:
        for term in flow:
            match term:
                case Call() | Op():
                    self._leaf(term, path, out)
                case Raise():
                    self._raise(term, path, out)
                case Again(line=line, level=level):
                    if level < len(caught):
                        out.add(caught[-1 - level])
                    else:
                        out.lost("raise", Origin(path=path, line=line, text="raise"))
                case Try():
                    self._try(term, path, out, caught, inside)
                case With():
                    self._with(term, path, out, caught, inside)
                case Yield() if inside is not None:
                    out.add(inside)

    def _leaf(self, term: Call | Op, path: str, out: Raised) -> None:
        """What a call or an operator raises, which is found anew only where a function that it runs has got more."""
        if self.filled:
            self._run(term, path, out)
            return
        key = (id(term), self.owner, self.asking is None)
        if key in self._leaves:
            _, found, needed = self._leaves[key]
            if all(self.function(place) is was for place, was in needed):
                out.add(found)
                return
        outer, self._needed = self._needed, {}
        found = Raised()
        self._run(term, path, found)
        needed = [(place, self.state[place]) for place in self._needed]
        self._leaves[key] = (term, found, needed)  # the term is kept, so that its id stays its own
        if outer is not None:
            outer.update(self._needed)
        self._needed = outer
        out.add(found)

    def _run(self, term: Call | Op, path: str, out: Raised) -> None:
        self.call(term, path, out) if isinstance(term, Call) else self.operate(term, path, out)

    def _raise(self, term: Raise, path: str, out: Raised) -> None:
        origin = Origin(path=path, line=term.line, text=f"raise {term.text}", evidence="raise")
        ways = self.types.each(term.path, path) if term.path else (None,)
        for entity in ways:
            if entity is None or entity.kind not in ("class", "instance"):
                out.lost(f"raise {term.text}", origin)
            else:
                out.raises((entity.module, entity.name), origin)
        cause = self.types.resolve(term.cause, path) if term.cause else None
        for made in (*ways, cause):
            if made is not None and made.kind == "class" and made.module in self.files:  # `raise Lost` makes one
                self.made(made, origin, out, None)

    def _try(self, term: Try, path: str, out: Raised, caught: tuple[Raised, ...], inside: Raised | None) -> None:
        body, leaving = Raised(), Raised()
        self.terms(term.body, path, body, caught, inside)
        for handler in term.handlers:
            taken, body = self._split(body, handler, path)
            if self.enters(taken):
                self.terms(handler.body, path, leaving, (*caught, taken), inside)
        if term.handlers:
            body.types = {cls: origin._replace(past=True) for cls, origin in body.types.items()}
        leaving.add(body)
        self.terms(term.orelse, path, leaving, caught, inside)
        if not term.swallows:
            out.add(leaving)
        self.terms(term.final, path, out, caught, inside)

    @staticmethod
    def enters(taken: Raised) -> bool:
        """Whether a handler is run by what it takes."""
        return bool(taken.types or taken.unknown or taken.params)

    def _split(self, raised: Raised, handler: Handler, path: str) -> tuple[Raised, Raised]:
        """What a handler takes, and what it leaves."""
        if handler.takes is None:
            return raised, Raised(weak=raised.weak, assumed=raised.assumed)
        taking = self.classes(handler.takes, path)
        if BASE in taking or EXCEPTION in taking:
            left = {c: o for c, o in raised.types.items() if BASE not in taking and not self.hierarchy.is_plain(c)}
            types = {c: o for c, o in raised.types.items() if c not in left}
            return raised.only(types, rest=True), raised.only(left, rest=False)
        at = Origin(path=path, line=handler.line, text="except", evidence="handler")
        taken, rest = self.without(raised, taking, at)
        # of a class that nobody can follow it may take any part
        return (taken if len(taking) == len(handler.takes) else raised), rest

    # ---- managers --------------------------------------------------------------------------

    def _with(self, term: With, path: str, out: Raised, caught: tuple[Raised, ...], inside: Raised | None) -> None:
        body = Raised()
        self.terms(term.body, path, body, caught, inside)
        at = Origin(path=path, line=term.line, text=f"with {term.text}")
        manager = self.types.resolve(term.path, path) if term.path else None
        if term.path.removesuffix("()") == _SUPPRESS:
            suppressed = self.classes(term.given, path)
            handler = Handler(line=term.line, takes=term.given, body=())
            out.add(self._split(body, handler, path)[1] if suppressed else body)
            return
        if manager is not None and manager.kind == "manager":  # what `contextmanager` makes of a generator
            entity = self.types.resolve(term.path.removesuffix("()"), path)
            if entity is not None and entity.module in self.files:
                self._generated(entity, body, at, out)
                return
            out.add(body)
            self.known(entity, at, out) if entity is not None else out.lost(term.text, at)
            return
        if manager is not None and manager.kind == "instance":
            if (manager.module, manager.name) in _TASK_GROUPS:
                out.raises(GROUP, at)
                return
            names = ("__aenter__", "__aexit__") if term.is_async else ("__enter__", "__exit__")
            methods = [self.types.member(manager, name) for name in names]
            if not any(m is not None and self.callees.swallows(m) for m in methods[1:]):
                out.add(body)
            for closing in (
                (c for given in term.given for c in self.own(given, path)) if term.path in _CLOSING else ()
            ):
                self.special(closing, ("close", "aclose"), at, out)
            for method, name in zip(methods, names, strict=True):
                if method is not None and method.kind == "function":
                    self.run(method, at, out)
                elif manager.module in self.files:
                    out.lost(f"{term.text}.{name}", at)
            return
        out.add(body)
        out.lost(term.text, at)

    def _generated(self, entity: Entity, body: Raised, at: Origin, out: Raised) -> None:
        """A manager that a generator makes: what the body raises arrives at its `yield`."""
        found = Raised()
        for flow in self.unpacked((entity.module, entity.name)):
            self.terms(flow, entity.module, found, (), body)
        place = (entity.module, entity.name)
        self.function(place)  # so that whoever asks is asked again
        found.types = {
            cls: body.types.get(cls) or at._replace(via=place, evidence=origin.evidence)
            for cls, origin in found.types.items()
        }
        out.add(found)

"""Which callables of a project are coroutine functions, and how the product calls them.

`Coroutines` answers questions about type paths (see facts/types/paths.py): what kind of callable one
ends at, whether that is certain, and whether the product awaits it everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ..engine.remember import remembered
from ..engine.values import Skip
from ..facts.types.data import Awaitable
from ..facts.types.entity import STEP, Callable, Entity
from ..facts.types.paths import AWAITED_NAMES
from .awaited import Call
from .fate import Fate, Fates, ModuleAttribute, Relay

Callee = Literal[
    Callable, "object", "callable", "awaited", "mixed", "untyped", "several", "plain", "ambiguous", "unknown"
]


@dataclass(frozen=True, slots=True)
class Answer:
    """What one type path means, as far as a test that mocks it must know."""

    kind: Callee = "unknown"
    name: str = ""  # for people: "Cls.method"
    key: str = ""  # identity of the definition
    doubt: str = ""  # why the kind is not certain
    awaitable: Awaitable = ""  # whether a plain function's result is one
    awaited: bool = False  # the product awaits it somewhere
    bare: str = ""  # "path:line" where the product calls it and uses the result at once
    where: str = ""  # "path:line" where the product awaits it
    handed: bool = False  # the product passes the call's result on, or enters or iterates it
    loose: tuple[str, ...] = ()  # "what is done in path:line, line" where no end of the coroutine can be seen
    computed: tuple[str, ...] = ()  # the same of calls by a computed name, which may be calls of it
    relays: tuple[Relay, ...] = ()  # plain functions that return it
    takers: frozenset[str] = frozenset()  # names by which the functions that take it are reached
    lent: tuple[str, ...] = ()  # those that are methods of an object of unknown type
    thread: str = ""  # "path:line" where the product gives it to a thread
    result_called: bool = False  # the product calls methods of the awaited result without await
    dual: bool = False  # its class looks whether a callable is a coroutine function
    asked: str = ""  # "path:line" where the product looks what the object is
    cls: str = ""  # for an object: the class that it is an instance of, as "path::Qual"
    methods: frozenset[str] = frozenset()  # for an object: those of its methods that are coroutine functions

    def doubted(self, *doubts: str) -> Answer:
        """The same with more doubts, as far as there are any."""
        return replace(self, doubt="; ".join(filter(None, [self.doubt, *doubts])))

    @property
    def otherwise(self) -> bool:
        """Whether the product does anything but await it."""
        return bool(self.bare or self.handed or self.thread)


UNKNOWN = Answer()


@dataclass
class Coroutines(Fates):
    """Answers about type paths, remembered."""

    def probe(self, path: str, context: str) -> None:
        """Resolve a path and its decorators, only to see which files are missing."""
        entity = self.resolve(path, context)
        if entity is not None and entity.kind == "function":
            self.kind(entity)

    def answer(self, path: str, context: str) -> Answer:
        """All that is known of a type path written in `context`."""
        if path.startswith("?."):
            return self.by_name(path[2:])
        entity = self.resolve(path, context)
        if entity is None:
            return self.ambiguous(path, context) or self.used(path, context)
        binding = self.replaced(path, context) if entity.kind == "function" else None
        return self._answer(entity, binding)

    def ambiguous(self, path: str, context: str) -> Answer | None:
        """The answer for a path whose module several files may be."""
        dotted = path.partition("(")[0].rstrip("*!").partition("#")[0]
        found = self.modules.ambiguous(dotted, context) if dotted[:1].isidentifier() and ":" not in dotted else ()
        return Answer("ambiguous", dotted, where=" or ".join(found)) if found else None

    def reads(self, path: str, module: str, binding: ModuleAttribute) -> bool:
        """Whether a call written so in a module reads that very attribute when it runs: another module's own name
        for the same function is another attribute."""
        owner, _, name = path.rpartition(".")
        return ((module, name) if owner == "~" else self.replaced(path, module)) == binding

    def describe(self, function: Entity) -> Answer:
        """What its definitions alone say of a function."""
        kind, doubt = self.kind(function)
        key = f"{function.module}::{function.name}"
        dual = any(v.dual for v in function.variants)
        return Answer(kind, re.sub(r"@\d+", "", function.name), key, doubt, self.gives_awaitable(function), dual=dual)

    def gives_awaitable(self, function: Entity, asked: tuple[Entity, ...] = ()) -> Awaitable:
        """Whether a plain function's result can be awaited: "yes", "no" or "" (cannot be told). It says so itself, or
        returns what only coroutine functions give."""
        own = function.variants[0].awaitable
        paths = [p for variant in function.variants for p in variant.hands]
        if own or not paths or function in asked or any(not v.hands for v in function.variants):
            return own
        for path, module in self.seen_from(function, *paths):
            callee = self.resolve(path, module)
            if callee is None or callee.kind != "function":
                return ""
            kind, doubt = self.kind(callee)
            plain = kind == "sync" and self.gives_awaitable(callee, (*asked, function)) == "yes"
            if doubt or not (kind == "coroutine" or plain):
                return ""
        return "yes"

    @remembered
    def _answer(self, entity: Entity, binding: ModuleAttribute | None) -> Answer:
        if entity.kind == "callable":
            doubt = "it is declared as a callable that gives an awaitable"
            return Answer("callable", doubt=doubt, dual=bool(entity.doubt))
        if entity.kind == "instance" and (called := self.called_object(entity)) is not None:
            return called
        if entity.kind == "entering":
            plain = entity.name.endswith("*") and not entity.name[:-1].endswith(AWAITED_NAMES)
            return Answer("object", entity.name, awaitable="no" if plain else "")
        if entity.kind != "function":
            cls = f"{entity.module}::{entity.name}" if entity.kind == "instance" else ""
            methods = self.coroutine_methods(entity) if cls else frozenset()
            return Answer("object", entity.name, cls=cls, methods=methods)
        answer = self.describe(entity)
        if answer.kind in ("coroutine", "sync") and not entity.exact:
            answer = answer.doubted(self.overridden(entity, answer.kind))
        if entity.owner[1]:
            answer = replace(answer, dual=answer.dual or self.class_facts(entity.owner).dual)
        answer = self.with_calls(answer, binding, entity)
        if answer.kind == "manager" and entity.module in self.table and answer.awaited and not answer.otherwise:
            return replace(answer, kind="awaited")  # what a verb of aiohttp gives can be awaited or entered
        sure = answer.awaitable == "yes" and not answer.bare  # whatever is done with it is done with an awaitable
        ended = answer.awaited and answer.awaitable != "no" and not answer.loose
        if answer.kind == "sync" and (sure or ended) and not answer.thread:
            doubt = f"`{answer.name}` is a plain function that gives something to await"
            return replace(answer.doubted(doubt), kind="awaited", loose=())
        return answer

    def called_object(self, instance: Entity) -> Answer | None:
        """The answer for an object whose call gives an awaitable: its class has `async def __call__`, or declares it."""
        call = self.member(instance, "__call__")
        if call is None or call.kind != "function":
            return None
        answer = self.describe(call)
        if answer.kind != "coroutine" and not (answer.kind == "sync" and answer.awaitable == "yes"):
            return None
        plain = sorted(name for name, kind in self.methods(instance) if name[0] != "_" and kind != "coroutine")
        doubt = f"it stands for a whole {instance.name}"
        if plain:
            doubt += f", whose {plain[0]} is no coroutine function"
        return replace(answer.doubted(doubt), kind="callable")

    def coroutine_methods(self, instance: Entity) -> frozenset[str]:
        """The names of an object's methods that are coroutine functions; special methods left out."""
        return frozenset(name for name, kind in self.methods(instance) if name[:2] != "__" and kind == "coroutine")

    def methods(self, instance: Entity) -> Iterator[tuple[str, Callable]]:
        """The names and kinds of all methods that an object has of its class and its bases."""
        for cls in self.mro((instance.module, instance.name)):
            for name, variants in self.class_facts(cls).methods.items():
                yield name, self.kind(Entity("function", *cls, variants))[0]

    def used(self, path: str, context: str) -> Answer:
        """What the product's calls alone say of a path that cannot be resolved: that all are awaited, or not all."""
        calls = list(self.uses(path, context))
        where, fate = _ways(calls), self.fate(calls)
        answer = _ended(Answer("awaited", STEP.findall(path)[-1], f"{path}@{context}"), calls, fate)
        if "await" not in where and (not where.keys() & {"into"} or fate.loose):
            origin = self.origin(path, context)
            own = (
                [c for c in self.of_origin(origin) if c.how.way in ("bare", "into", "with", "for")] if origin else ()
            )
            return replace(answer, kind="plain") if self.fate(own).loose else UNKNOWN
        mixed = bool(fate.loose or "thread" in where)
        return replace(
            answer,
            kind="mixed" if mixed else "awaited",
            where=answer.where or where["into"],
            dual=self.looked_at(path, context),
            asked=self.asked(path.rpartition(".")[0], context) or self.asked(path, context),
        )

    def asked(self, path: str, context: str) -> str:
        """Where the product looks of what class a value is, or whether it has something."""
        found = (call.where for call in self.uses(path, context) if call.how.way == "asked") if path else ()
        return next(iter(found), "")

    def looked_at(self, path: str, context: str) -> bool:
        """Whether a path is the parameter of a function that asks for coroutine functions."""
        origin = self.origin(path, context)
        if origin is None or origin.kind != "function" or len(origin.steps) > 1:
            return False
        return any(variant.dual for variant in self.variants(origin))

    def with_calls(self, answer: Answer, binding: ModuleAttribute | None, function: Entity) -> Answer:
        """The answer with what the product's own calls say: those that read the module attribute, if it is one; for a
        coroutine method also those of what it overrides, and those that may be meant."""
        calls = self.calls_by_key(answer.key)
        if function.owner[1] and answer.kind == "coroutine":
            name = function.name.rpartition(".")[2]
            bases = [c for c in self.mro(function.owner) if name in self.class_facts(c).methods]
            calls = self.calls_by_key(answer.key, *(f"{path}::{cls}.{name}" for path, cls in bases))
            calls += self.perhaps(function)
        if binding is not None:
            calls = [c for c in calls if self.reads(c.path, c.module, binding)]
        fate = self.fate(calls)
        computed = replace(fate, loose={})
        if answer.kind == "coroutine":
            self._follow(self.by_computed_name(function, binding), computed, 0)
        return replace(_ended(answer, calls, fate), computed=computed.places)

    def by_name(self, name: str) -> Answer:
        """What the product says of everything that has a name: "coroutine" where all its definitions give an awaitable
        and no call uses the result at once; "untyped" where nothing, or something that may be any callable, is defined
        so, and every call has an end that awaits it; "several" where some of it is awaited, or a coroutine function."""
        calls = [c for c in self.calls_of(name) if c.how.way not in ("result", "pass", "asked")]
        hows = {c.how.way for c in calls}
        entities = self.named.get(name, [])
        plain = [e for e in entities if e is not None and self.kind(e)[0] != "coroutine"]
        where = next((c.where for c in calls if c.how.way == "await"), "")
        some = where or len(plain) < len(entities) - entities.count(None)
        several = Answer("several", name, where=where) if some else UNKNOWN
        if not hows & {"await", "into"} or hows & {"bare", "with", "for", "thread"}:
            return several
        if any(self._answer(e, None).kind != "awaited" for e in plain):
            return several
        fate = self.fate(calls)
        takers = frozenset(fate.takers)
        if entities and None not in entities and "await" in hows:
            return Answer("coroutine", name, f"?::{name}", awaited=True, takers=takers)
        ended = not fate.loose and all(relay.closed for relay in fate.relays.values())
        return Answer("untyped", name, f"?::{name}", takers=takers) if ended else several

    def product_bugs(self) -> Iterator[Skip]:
        """Coroutines that the project calls without await, and plain functions that it awaits."""
        for module, facts in self.product.items():
            for how, path, lines in facts.calls:
                entity = self.resolve(path, module) if how.way in ("bare", "await") and path[0] != "?" else None
                if entity is None or entity.kind != "function" or (answer := self.answer(path, module)).doubt:
                    continue
                if how.way == "bare" and answer.kind == "coroutine":
                    code, what = "M12-not-awaited", "is called without await"
                elif how.way == "await" and answer.kind == "sync" and answer.awaitable == "no":
                    code, what = "M13-awaits-sync", "is no coroutine function, but awaited"
                else:
                    continue
                yield from (Skip(module, line, code, f"`{answer.name}` {what}") for line in lines)


def _ways(calls: Sequence[Call]) -> dict[str, str]:
    """What is done with calls, and where first."""
    return {call.how.way: call.where for call in reversed(calls)}


def _ended(answer: Answer, calls: Sequence[Call], fate: Fate) -> Answer:
    """An answer with the places of the product's calls and what becomes of what they give."""
    where = _ways(calls)
    return replace(
        answer,
        awaited="await" in where,
        bare=where.get("bare", ""),
        handed=bool(where.keys() & {"handed", "give", "into", "with", "for", "pass"}),
        loose=fate.places,
        relays=tuple(fate.relays.values()),
        takers=frozenset(fate.takers),
        lent=tuple(sorted(fate.lent)),
        where=where.get("await", ""),
        thread=where.get("thread", ""),
        result_called="result" in where,
    )

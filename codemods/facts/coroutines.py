"""Which callables of a project are coroutine functions, and how the product calls them.

`Coroutines` answers questions about type paths (see `type_paths.py`): what kind of callable one
ends at, whether that is certain, and whether the product awaits it everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from .coroutine_data import ModuleFacts
from .coroutine_paths import STEP, Entity
from .coroutine_usage import Usage


@dataclass(frozen=True, slots=True)
class Answer:
    """What one type path means, as far as a test that mocks it must know."""

    # "coroutine", "sync", "asyncgen", "manager", "property", "object", "callable", "awaited", "untyped" or "unknown"
    kind: str = "unknown"
    name: str = ""  # for people: "Cls.method"
    key: str = ""  # identity of the definition
    doubt: str = ""  # why the kind is not certain
    awaitable: str = ""  # of a plain function's result: "yes", "no" or ""
    awaited: bool = False  # the product awaits it somewhere
    bare: str = ""  # "path:line" where the product calls it and uses the result at once
    where: str = ""  # "path:line" where the product awaits it
    handed: bool = False  # the product passes the call's result on, or enters or iterates it
    thread: str = ""  # "path:line" where the product gives it to a thread
    result_called: bool = False  # the product calls methods of the awaited result without await
    dual: bool = False  # its class looks whether a callable is a coroutine function
    cls: str = ""  # for an object: the class that it is an instance of, as "path::Qual"

    @property
    def otherwise(self) -> bool:
        """Whether the product does anything but await it."""
        return bool(self.bare or self.handed or self.thread)


UNKNOWN = Answer()


@dataclass
class Coroutines(Usage):
    """Answers about type paths, remembered."""

    _answers: dict[Entity, Answer] = field(default_factory=dict)
    _named: dict[str, list[Entity | None]] = field(default_factory=dict)
    _children: dict[tuple[str, str], list[tuple[str, str]]] = field(default_factory=dict)

    def probe(self, path: str, context: str) -> None:
        """Resolve a path and its decorators, only to see which files are missing."""
        entity = self.resolve(path, context)
        if entity is not None and entity.kind == "function":
            self.kind(entity)

    def extend(self, table: Mapping[str, ModuleFacts]) -> None:
        """Know more third-party modules; one that is known already is replaced."""
        self.table = {**self.table, **table}
        self._resolved.clear()
        self._answers.clear()

    def answer(self, path: str, context: str) -> Answer:
        """All that is known of a type path written in `context`."""
        if path.startswith("?."):
            return self.by_name(path[2:])
        entity = self.resolve(path, context)
        if entity is None:
            return self.used(path, context)
        if entity not in self._answers:
            self._answers[entity] = self._answer(entity)
        return self._answers[entity]

    def describe(self, function: Entity) -> Answer:
        """What its definitions alone say of a function."""
        kind, doubt = self.kind(function)
        key = f"{function.module}::{function.name}"
        dual = any(v.dual for v in function.variants)
        return Answer(kind, function.name, key, doubt, function.variants[0].awaitable, dual=dual)

    def _answer(self, entity: Entity) -> Answer:
        if entity.kind == "callable":
            return Answer(
                "callable",
                doubt="it is declared as a callable that gives an awaitable",
                dual=bool(entity.doubt),
            )
        if entity.kind != "function":
            cls = f"{entity.module}::{entity.name}" if entity.kind == "instance" else ""
            return Answer("object", entity.name, cls=cls)
        answer = self.describe(entity)
        if (
            answer.kind in ("coroutine", "sync")
            and not entity.exact
            and (other := self.overridden(entity, answer.kind))
        ):
            answer = replace(answer, doubt="; ".join(filter(None, [answer.doubt, other])))
        if entity.owner[1]:
            answer = replace(answer, dual=answer.dual or self.class_facts(entity.owner).dual)
        answer = self.with_calls(answer)
        if answer.kind == "manager" and entity.module in self.table and answer.awaited and not answer.otherwise:
            return replace(answer, kind="awaited")  # what a verb of aiohttp gives can be awaited or entered
        return answer

    def used(self, path: str, context: str) -> Answer:
        """What the product's calls alone say of a path that cannot be resolved: all of them are awaited."""
        found: dict[str, str] = {}
        for how, _, module, lines in self.uses(path, context):
            found.setdefault(how, f"{module}:{lines[0]}" if lines else module)
        if not found.keys() & {"await", "task"} or found.keys() & {"bare", "with", "for", "thread"}:
            return UNKNOWN
        name = STEP.findall(path)[-1]
        where = found.get("await", found.get("task", ""))
        return Answer(
            "awaited", name, f"{path}@{context}", awaited="await" in found, handed=bool(found.keys() & {"handed", "task"}),
            result_called="result" in found, where=where, dual=self.looked_at(path, context),
        )  # fmt: skip

    def looked_at(self, path: str, context: str) -> bool:
        """Whether a path is the parameter of a function that asks for coroutine functions."""
        origin = self.origin(path, context)
        if origin is None or origin.kind != "function" or len(origin.steps) > 1:
            return False
        return any(variant.dual for variant in self.variants(origin))

    def overridden(self, function: Entity, kind: str) -> str:
        """A subclass that defines a method of this name as another kind of callable."""
        if not self._children:
            self._children[("", "")] = []
            for path, facts in self.files.items():
                for name, cls in facts.classes.items():
                    for base in filter(None, (self.resolve(b, path) for b in cls.bases if b)):
                        self._children.setdefault((base.module, base.name), []).append((path, name))
        stack, seen = [function.owner], set()
        method = function.name.rpartition(".")[2]
        while stack:
            for child in self._children.get(stack.pop(), ()):
                if child in seen or (child[0] in self.tests and function.module not in self.tests):
                    continue
                seen.add(child)
                stack.append(child)
                if variants := self.class_facts(child).methods.get(method):
                    other = self.kind(Entity("function", child[0], f"{child[1]}.{method}", variants))[0]
                    if other != kind:
                        return (
                            f"{child[1]}.{method} is no coroutine function"
                            if kind == "coroutine"
                            else f"{child[1]}.{method} differs"
                        )
        return ""

    def with_calls(self, answer: Answer) -> Answer:
        """The answer with what the product's own calls say."""
        found: dict[str, str] = {}
        for how, path, module, lines in self.calls_of(answer.name.rpartition(".")[2]):
            if path.startswith("?"):
                continue
            entity = self.resolve(path, module)
            if entity is not None and entity.kind == "function" and f"{entity.module}::{entity.name}" == answer.key:
                found.setdefault(how, f"{module}:{lines[0]}" if lines else module)
        return replace(
            answer,
            awaited="await" in found,
            bare=found.get("bare", ""),
            handed=bool(found.keys() & {"handed", "with", "for", "task"}),
            where=found.get("await", ""),
            thread=found.get("thread", ""),
            result_called="result" in found,
        )

    def by_name(self, name: str) -> Answer:
        """Whether every call of this name in the product awaits it, and everything that is defined so, if
        anything is ("untyped": nothing is), is a coroutine function."""
        hows = {how for how, *_ in self.calls_of(name)} - {"result"}
        if "await" not in hows or hows - {"await", "task"}:
            return UNKNOWN
        kinds = {self.kind(entity)[0] if entity is not None else "" for entity in self.named().get(name, ())}
        if not kinds:
            return Answer("untyped", name, f"?::{name}")
        if kinds == {"coroutine"} and hows == {"await"}:
            return Answer("coroutine", name, f"?::{name}", awaited=True)
        return UNKNOWN

    def named(self) -> dict[str, list[Entity | None]]:
        """The product's functions and methods by name; None for an attribute."""
        if not self._named:
            for path, facts in self.files.items():
                if path in self.tests:
                    continue
                for name, variants in facts.functions.items():
                    self._named.setdefault(name, []).append(Entity("function", path, name, variants))
                for qualname, cls in facts.classes.items():
                    for name, variants in cls.methods.items():
                        entity = Entity("function", path, f"{qualname}.{name}", variants)
                        self._named.setdefault(name, []).append(entity)
                    for name in cls.attributes:
                        self._named.setdefault(name, []).append(None)
        return self._named

    def product_bugs(self) -> Iterator[tuple[str, int, str, str]]:
        """(path, line, code, name): coroutines called without await, plain functions awaited."""
        for module, facts in self.files.items():
            if module in self.tests:
                continue
            for how, path, lines in facts.calls:
                if how not in ("bare", "await") or path.startswith("?"):
                    continue
                entity = self.resolve(path, module)
                if entity is None or entity.kind != "function":
                    continue
                answer = self.answer(path, module)
                if answer.doubt or not lines:
                    continue
                if how == "bare" and answer.kind == "coroutine":
                    yield from ((module, line, "M12-not-awaited", answer.name) for line in lines)
                if how == "await" and answer.kind == "sync" and answer.awaitable == "no":
                    yield from ((module, line, "M13-awaits-sync", answer.name) for line in lines)

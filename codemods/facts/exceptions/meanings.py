"""The resolver of types, stricter: what may be several things is none of them, and `each` says all that is called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from ...engine.remember import remembered
from ..exports import Found
from ..modules import Modules
from ..types import containers
from ..types.entity import STEP, Entity
from ..types.resolve import Resolver
from . import knowledge
from .data import FlowFacts
from .valued import SEVERAL, alternatives

ENUM = ("enum", "Enum")
Ways = tuple[Entity | None, ...]  # None: something that nobody can follow


@dataclass
class Meanings(Resolver):
    """`<A|B>` in front of a type path is what a name may hold that is bound anew: an A or a B."""

    unseen: Mapping[str, Set[str]] = field(default_factory=dict)  # of files, the names of `FlowFacts.unseen`

    @remembered
    def each(self, path: str, context: str) -> Ways:
        """All that the last step of a path may lead to; one None where nobody knows."""
        if path.startswith(SEVERAL):
            roots, rest = alternatives(path)
            ways = tuple(e for root in roots for e in self.each(root, context))
            return self._distinct(e for way in ways for e in self._follow(way, STEP.findall(rest)))
        steps = STEP.findall(path)
        if path[:1] in "[^?" or path.startswith("<async>") or not steps or steps[-1][0] in "(*![#":
            found = self.resolve(path, context)
            return (found,) if found is not None else self._anywhere(path, context)
        head, _, last = path.rpartition(".")
        if not head:
            return (self.resolve(path, context),)
        owner = self.resolve(head, context) if head != "~" else Entity("module", context)
        if owner is None:
            found = self.resolve(path, context)
            return (found,) if found is not None else self._anywhere(path, context)
        return self._distinct(self._values(owner, last)) or (self.resolve(path, context),)

    def _anywhere(self, path: str, context: str) -> Ways:
        """The ways of a name of the module that a path begins with, each followed to the end."""
        steps = STEP.findall(path)
        if not path.startswith("~") or len(steps) < 3:
            return (None,)
        ways = self._distinct(self._values(Entity("module", context), steps[1]))
        if len(ways) < 2:
            return (None,)
        return self._distinct(e for way in ways for e in self._follow(way, steps[2:]))

    def _follow(self, entity: Entity | None, steps: Sequence[str]) -> Iterator[Entity | None]:
        left = list(steps)
        while entity is not None and left:
            if held := containers.held(self, entity, left):
                entity, taken = held
            else:
                entity, taken = self.step(entity, left[0]), 1
            left = left[taken:]
        yield entity

    def _values(self, owner: Entity, name: str) -> Iterator[Entity | None]:
        """All that an attribute may be; none where it is one thing that needs no second look."""
        if owner.kind == "module" and owner.module in self.files:
            for found in self.exports.gives(owner.module, name):
                yield from self._of(found, owner.module)
        elif owner.kind in ("class", "instance") and owner.module in self.files:
            member = self.member(owner, name)
            if member is None or (member.kind == "function" and not member.doubt):
                return
            for module, cls in self.mro((owner.module, owner.name)):
                facts = self.class_facts((module, cls))
                if paths := facts.attributes.get(name):
                    yield from (self.resolve(p, m) for p, m in self.seen_from(_attribute(owner, module, cls), *paths))
                if name in facts.methods:
                    yield member
                if f"{cls}.{name}" in self.unseen.get(module, ()):
                    yield None
                if paths or name in facts.methods:
                    break

    def _of(self, found: Found, context: str) -> Iterator[Entity | None]:
        if found.kind == "variable" and "." not in found.name:
            paths = self.facts(found.path).variables.get(found.name, ())
            for path in paths:
                if path.removeprefix("~.") != found.name:
                    yield self.resolve(path, found.path)
            if not paths or found.name in self.unseen.get(found.path, ()):
                yield None
        else:
            yield self._end(found, context)

    @staticmethod
    def _distinct(ways: Iterator[Entity | None]) -> Ways:
        """One of those that are the same; as in `only`, what may be of a subclass comes before what is not."""
        found: dict[object, Entity | None] = {}
        for e in ways:
            key = e and (e.kind, e.module, e.name, e.owner, e.item)
            if key not in found or (e is not None and not e.exact):
                found[key] = e
        return tuple(found.values())

    def member(self, entity: Entity, name: str) -> Entity | None:
        found = super().member(entity, name)
        if (
            entity.kind != "class"
            or entity.module not in self.files
            or (found and found.kind in ("function", "class"))
        ):
            return found
        classes = self.mro((entity.module, entity.name))
        named = any(name in self.class_facts(cls).attributes for cls in classes)
        return Entity("instance", entity.module, entity.name) if named and ENUM in classes else found

    def attribute_of_module(self, module: str, name: str) -> Entity | None:
        found = self.exports.gives(module, name) if module in self.files and "@" not in name else ()
        if len(found) < 2:
            return super().attribute_of_module(module, name)
        ways = self._distinct(e for each in found for e in self._of(each, module))
        return ways[0] if len(ways) == 1 else None

    def _root(self, path: str, context: str) -> tuple[Entity | None, list[str]]:
        if not path.startswith(SEVERAL) or path.startswith("<async>"):
            return super()._root(path, context)
        roots, rest = alternatives(path)
        ways = self._distinct(self.resolve(root, context) for root in roots)
        return ways[0] if len(ways) == 1 else None, STEP.findall(rest)


def _attribute(owner: Entity, module: str, cls: str) -> Entity:
    return Entity("attribute", module, f"{cls}.x", (), (owner.module, owner.name), owner.exact)


def meanings(files: Mapping[str, FlowFacts], modules: Modules, tests: frozenset[str] = frozenset()) -> Meanings:
    """Of files of a project, and of the libraries of the knowledge base."""
    types = {path: facts.types for path, facts in files.items()}
    unseen = {path: facts.unseen for path, facts in files.items()}
    return Meanings(types, modules, tests, knowledge.Modules(), unseen=unseen)

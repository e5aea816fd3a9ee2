"""The objects of the project that a value is or holds, and their special methods: those that no text names."""

from __future__ import annotations

from collections.abc import Iterator

from ..types.entity import Entity
from .core import Core
from .raised import Origin, Raised

_DEEP = 3  # a list in a list in a list holds, as far as anyone is interested
_LAZY = {("types", "GeneratorType"), ("builtins", "map"), ("builtins", "filter")}
_READING = ("__getattribute__",)


class Objects(Core):
    def own(self, type_path: str, path: str) -> Iterator[Entity]:
        """The objects of the project that a value is or holds: in a container, in the fields of a data class."""
        for entity in self._ways(type_path, path):
            yield from self._within(entity, _DEEP)

    def items(self, type_path: str, path: str) -> Iterator[Entity]:
        """Those that it holds, without itself."""
        for entity in self._ways(type_path, path):
            item = self.types.resolve(*entity.item) if entity.kind == "instance" and entity.item[0] else None
            if item is not None:
                yield from self._within(item, _DEEP)

    def _ways(self, type_path: str, path: str) -> Iterator[Entity]:
        """What a value may be, as far as it is known."""
        if type_path and not type_path.startswith("?"):
            yield from (entity for entity in self.types.each(type_path, path) if entity is not None)

    def _within(self, entity: Entity, depth: int) -> Iterator[Entity]:
        if entity.kind != "instance" or not depth:
            return
        held = [entity.item] if entity.item[0] else []
        if entity.module in self.files:
            yield entity
            place = (entity.module, entity.name)
            held += [(field, place[0]) for field in self.types.class_facts(place).fields.values() if field]
        for type_path, module in held:
            item = self.types.resolve(type_path, module)
            if item is not None:
                yield from self._within(item, depth - 1)

    def looked_up(self, entity: Entity, at: Origin, out: Raised) -> None:
        """Reading any attribute of an object runs `__getattribute__` first."""
        if entity.module in self.files:
            self.special(entity, _READING, at, out)

    def iterated(self, entity: Entity, at: Origin, out: Raised) -> None:
        """Using an object up runs its iterator."""
        for name in ("__iter__", "__next__"):
            method = self.types.member(entity, name)
            if method is not None and method.kind == "function" and method.module in self.files:
                self.ended(method, at, out)

    @staticmethod
    def is_lazy(entity: Entity) -> bool:
        """Whether a value is an iterator of the language, that runs what made it where it is used up."""
        return (entity.module, entity.name) in _LAZY

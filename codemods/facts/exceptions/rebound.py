"""Which functions, methods and classes are bound anew after their definition, anywhere in the product."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cached_property

from ...engine.grouping import grouped
from ...engine.remember import remembered
from ..types.entity import Entity
from .data import FlowFacts
from .meanings import Meanings
from .raised import Place
from .storing import ANY


class Rebound:
    def __init__(
        self, files: Mapping[str, FlowFacts], types: Meanings, below: Callable[[Place], Iterable[Place]]
    ) -> None:
        self.files = files
        self.types = types
        self.below = below

    @remembered
    def anew(self, module: str, name: str, owner: Place, exact: bool) -> bool:
        """Whether a function, or a method of an object of a class, may be another one by now."""
        last = name.rpartition(".")[2]
        classes = self.types.mro(owner) if owner[1] else []
        below = () if exact or not classes else self.below(owner)
        return (
            self.stored(module, name, owner, exact)
            or any(self._overlaid(cls, last) for cls in classes)
            or any(last in self.types.class_facts(cls).attributes for cls in below)
        )

    @remembered
    def stored(self, module: str, name: str, owner: Place, exact: bool) -> bool:
        """Whether an attribute of a module or of objects of a class is set from outside."""
        last = name.rpartition(".")[2]
        classes = self.types.mro(owner) if owner[1] else []
        for path, context in (*self._stored.get(last, ()), *self._stored.get(ANY, ())):
            head, _, attr = path.rpartition(".")
            changed = self.types.resolve(head, context)
            if changed is None or (attr == ANY and changed.kind == "instance"):
                continue
            place = (changed.module, changed.name)
            if changed.kind == "module" and place[0] == module and "." not in name:
                return True
            of_class = changed.kind in ("class", "instance") and bool(classes)
            if of_class and (place in classes or (owner in self.types.mro(place) and not exact)):
                return True
        return False

    def _overlaid(self, cls: Place, name: str) -> bool:
        """Whether a decorator of a class may give it another method of a name."""
        path, qualname = cls
        facts = self.files.get(path)
        for decorator in facts.rebinding.dressed.get(qualname, ()) if facts is not None else ():
            entity = self.types.resolve(decorator.removesuffix("()"), path) if decorator else None
            if entity is None or entity.kind != "function" or entity.module not in self.files:
                continue  # what a library does to a class, its methods outlast
            if entity.variants[0].wraps[decorator.endswith("()")] != "same":
                return True
            changing = self.files[entity.module].rebinding.changing
            if not changing.get(entity.name, frozenset()).isdisjoint((name, ANY)):
                return True
        return False

    def metaclass(self, cls: Place) -> Entity | None:
        """What a class is an instance of, as far as the project says."""
        for path, name in self.types.mro(cls):
            given = self.files[path].rebinding.metaclasses.get(name, "") if path in self.files else ""
            found = self.types.resolve(given, path) if given else None
            if found is not None and found.kind == "class":
                return replace(found, kind="instance")
        return None

    @cached_property
    def _stored(self) -> dict[str, list[tuple[str, str]]]:
        """Attributes that are set from outside, by their name."""
        return grouped(
            (path.rpartition(".")[2], (path, file))
            for file in self.types.product
            for path in self.files[file].rebinding.stored
        )

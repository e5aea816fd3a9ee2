"""Containers with what they hold: `[E]C` is a C whose items are E, `[]` what a subscript of it gives, `[:]` an iteration."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import Protocol

from .entity import STEP, Entity

_CONTAINER = re.compile(r"[^()*!#\[\]]*(?:\(\)|\*)")
_MAPPINGS = {"dict", "defaultdict", "OrderedDict", "Counter"}
_GIVE_ITEM = {"get", "pop", "popleft", "setdefault", "__getitem__"}  # methods of containers that give an item


class Types(Protocol):
    """What resolves type paths."""

    def resolve(self, path: str, context: str) -> Entity | None: ...
    def step(self, entity: Entity, step: str) -> Entity | None: ...
    def result(self, function: Entity) -> Entity | None: ...


def held(types: Types, entity: Entity, steps: list[str]) -> tuple[Entity, int] | None:
    """What a container gives of what it holds, and how many steps that takes; None for any other step."""
    match entity.kind, steps:
        case "function", ["()", "[:]", *_] if entity.variants[0].kind in ("gen", "asyncgen"):
            given, taken = types.result(entity), 2
        case "instance", ["[]", *_] if entity.item[0]:
            given, taken = types.resolve(*entity.item), 1
        case "instance", ["[:]", *_] if entity.item[0] and entity.name not in _MAPPINGS:
            given, taken = types.resolve(*entity.item), 1
        case "instance", [name, "()", *_] if entity.item[0] and name in _GIVE_ITEM:
            given, taken = types.resolve(*entity.item), 2
        case "instance", ["values" | "copy" as name, "()", *_] if entity.item[0]:
            given, taken = (types.resolve("builtins.list*", "") if name == "values" else entity), 2
            given = replace(given, item=entity.item) if given is not None else None
        case "instance", ["[]" | "[:]" as step, *_]:
            asked = types.step(entity, "__getitem__" if step == "[]" else "__iter__")
            given, taken = (types.result(asked) if asked is not None and asked.kind == "function" else None), 1
            if step == "[:]" and given is not None:
                given = types.resolve(*given.item) if given.item[0] else None
        case _:
            return None
    return (given, taken) if given is not None else None


def opened(types: Types, path: str, context: str) -> tuple[Entity | None, list[str]]:
    """`[E]C` and the steps after it."""
    depths = itertools.accumulate((sign == "[") - (sign == "]") for sign in path)
    end = next((at for at, depth in enumerate(depths) if not depth), len(path))
    rest = path[end + 1 :]
    named = _CONTAINER.match(rest)
    held = types.resolve(named[0], context) if named else None
    if held is None or named is None:
        return None, []
    return replace(held, item=(path[1:end], context)), STEP.findall(rest[named.end() :])

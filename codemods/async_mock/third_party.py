"""Classes of third-party packages and of asyncio, as facts like those read from a project's files.

The table is TOML; `--third-party-table` reads more of the same form. Per class: `coroutine`, `sync`,
`manager` (a call gives an async context manager), `iterator` and `property` list methods; `gives`
says what a method or attribute is, `bases` what it inherits from.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..facts.types.data import ClassFacts, FunctionFacts, ModuleFacts

BUILT_IN = (Path(__file__).parent / "third_party.toml").read_text(encoding="utf-8")
_KINDS = {
    "coroutine": FunctionFacts(0, "async"),
    "sync": FunctionFacts(0, "sync", awaitable="no"),
    "manager": FunctionFacts(0, "asyncgen", ("contextlib.asynccontextmanager",)),
    "iterator": FunctionFacts(0, "asyncgen"),
    "property": FunctionFacts(0, "sync", ("builtins.property",)),
}
_KEYS = {*_KINDS, "gives", "bases"}


@functools.lru_cache(maxsize=8)
def modules(text: str) -> Mapping[str, ModuleFacts]:
    """The modules of a table by dotted name. Raises ValueError for a table that cannot be read."""
    found: dict[str, ModuleFacts] = {}
    for dotted, entry in tomllib.loads(text).items():
        module, _, name = dotted.rpartition(".")
        if not isinstance(entry, dict) or entry.keys() - _KEYS:
            raise ValueError(f'[{dotted}]: a table like ["package.Class"] with {", ".join(sorted(_KEYS))} is needed')
        if name[:1].isupper():
            found.setdefault(module, ModuleFacts(f"<{module}>")).classes[name] = _class(dotted, entry)
        else:
            for kind, facts_of in _KINDS.items():
                for function in _words(entry.get(kind, "")):
                    found.setdefault(dotted, ModuleFacts(f"<{dotted}>")).functions[function] = (facts_of,)
    return found


def _class(dotted: str, entry: Mapping[str, Any]) -> ClassFacts:
    gives = {name: f"{dotted}()" for name, dotted in entry.get("gives", {}).items()}
    enter = FunctionFacts(0, "async", returns=f"{dotted}()")
    methods: dict[str, tuple[FunctionFacts, ...]] = {"__aenter__": (enter,)}
    for kind, facts in _KINDS.items():
        for name in _words(entry.get(kind, "")):
            methods[name] = (replace(facts, returns=gives.pop(name, "")),)
    attributes: dict[str, tuple[str, ...]] = {name: (path,) for name, path in gives.items()}
    return ClassFacts(0, tuple(entry.get("bases", ())), methods, attributes)


def _words(value: str | list[str]) -> list[str]:
    return value.split() if isinstance(value, str) else list(value)

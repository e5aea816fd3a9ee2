"""A library's part of the knowledge base without what nobody asks for: all on plain data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Modules = dict[str, dict[str, Any]]  # the part `modules` of a file

_STEPS = "()*^["


def canonical(modules: Mapping[str, Any], dotted: str) -> tuple[str, str]:
    """(module, qualified name) of what a dotted name means, through the aliases of these modules."""
    seen: set[str] = set()
    while dotted not in seen:
        seen.add(dotted)
        module, name = split(modules, dotted)
        first, dot, rest = name.partition(".")
        alias = modules[module].get("aliases", {}).get(first, "") if module in modules else ""
        if not alias or any(step in alias for step in _STEPS):
            return module, name
        dotted = alias + dot + rest
    return "", ""


def split(modules: Mapping[str, Any], dotted: str) -> tuple[str, str]:
    """(module, name in it): of the modules that are known the longest, else what stands before the last dot."""
    parts = dotted.split(".")
    for size in range(len(parts) - 1, 0, -1):
        if (module := ".".join(parts[:size])) in modules:
            return module, ".".join(parts[size:])
    module, _, name = dotted.rpartition(".")
    return module, name


def hidden(name: str) -> bool:
    """Whether a part of a qualified name is private."""
    return any(part.startswith("_") and not part.endswith("__") for part in name.split("."))


def thinned(modules: Mapping[str, Mapping[str, Any]]) -> Modules:
    """Without private names and without callables of which nothing is known, unless they stand before one of a base class."""
    found: Modules = {}
    for module, written in modules.items():
        kept = {name: told for name, told in written.get("callables", {}).items() if not hidden(name)}
        every = {
            "aliases": {name: path for name, path in written.get("aliases", {}).items() if not hidden(name)},
            "classes": {name: _public(cls) for name, cls in written.get("classes", {}).items()},
            "callables": {n: told for n, told in kept.items() if told or overrides(modules, module, n)},
        }
        if parts := {key: dict(sorted(part.items())) for key, part in every.items() if part}:
            found[module] = parts
    for written in found.values():
        aliases = {name: path for name, path in written.get("aliases", {}).items() if _leads(path, modules, found)}
        written |= {"aliases": aliases}
    return {module: {key: part for key, part in written.items() if part} for module, written in sorted(found.items())}


def _leads(path: str, modules: Mapping[str, Any], found: Modules) -> bool:
    """Whether what an alias means is still there; what belongs to another library is not looked for."""
    if path.endswith("]"):  # `Message[object]` is no name of anything
        return False
    root = path[path.rfind("]") + 1 :].lstrip("^").rstrip("*()")
    if root in modules:
        return root in found or any(module.startswith(f"{root}.") for module in found)
    module, name = canonical(modules, root)
    first = name.partition(".")[0]
    if module not in modules:
        return True
    return any(first in found.get(module, {}).get(part, {}) for part in ("classes", "callables", "aliases"))


def _public(cls: Mapping[str, Any]) -> dict[str, Any]:
    attributes = {name: path for name, path in cls.get("attributes", {}).items() if not name.startswith("_")}
    return {key: part for key, part in (("bases", cls.get("bases")), ("attributes", attributes)) if part}


def overrides(modules: Mapping[str, Any], module: str, name: str) -> bool:
    """Whether a base class has something to say of a method."""
    owner, _, last = name.rpartition(".")
    stack = [(module, owner)] if owner else []
    seen = set(stack)
    while stack:
        where, cls = stack.pop()
        for base in modules.get(where, {}).get("classes", {}).get(cls, {}).get("bases", ()):
            above = split(modules, base)
            if modules.get(above[0], {}).get("callables", {}).get(f"{above[1]}.{last}"):
                return True
            if above not in seen:
                seen.add(above)
                stack.append(above)
    return False


def move(found: Modules, place: tuple[str, str], module: str, name: str) -> None:
    """Keep with a class of a module what types say of its attributes and methods in another place."""
    old = found[place[0]]
    cls = old.get("classes", {}).pop(place[1], None)
    if cls is None or ("attributes" not in cls and not old.get("callables")):
        return
    new = found[module]["classes"][name]
    new["attributes"] = {**cls.get("attributes", {}), **new.get("attributes", {})}
    for method in [m for m in old.get("callables", {}) if m.startswith(f"{place[1]}.")]:
        told = old["callables"].pop(method)
        found[module].setdefault("callables", {}).setdefault(f"{name}{method.removeprefix(place[1])}", told)

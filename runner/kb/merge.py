"""What is known of a library, put together in the form of `knowledge.py`: all on plain data.

To the types that `skeleton.py` reads comes what the documentation of the library says: `libraries/` has a file for each, with
`raises` and `returns` by callable or pattern (`*` stands for public names and takes no property).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
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


def target(modules: Modules, key: str) -> dict[str, Any] | None:
    """The entry of a callable by its dotted name; None for one that no user of the library calls."""
    module, name = canonical(modules, key)
    if module not in modules or hidden(name):
        return None
    owner = name.rpartition(".")[0]
    if owner and owner not in modules[module].get("classes", {}):
        return None
    held: dict[str, Any] = modules[module].setdefault("callables", {}).setdefault(name, {})
    return held


def hidden(name: str) -> bool:
    """Whether a part of a qualified name is private."""
    return any(part.startswith("_") and not part.endswith("__") for part in name.split("."))


def documented(modules: Modules, written: Mapping[str, Any]) -> list[str]:
    """What people read in a library's documentation: `raises` and `returns` by callable or pattern. Gives what names nothing."""
    lost = []
    names = {f"{module}.{name}": told for module, name, told in _callables(modules)}
    for pattern, classes in written.get("raises", {}).items():
        found = [names[n] for n in names if _matches(n, pattern, names[n])] if "*" in pattern else []
        if "*" not in pattern and (held := target(modules, pattern)) is not None:
            found = [held]
        lost += [] if found else [pattern]
        for told in found:
            raises = told.setdefault("raises", {})
            for name in classes:
                _say(raises, ".".join(canonical(modules, name)), "d")
    for part in ("returns", "kind"):
        for name, word in written.get(part, {}).items():
            held = target(modules, name)
            lost += [name] if held is None else []
            (held if held is not None else {})[part] = word
    return lost


def _callables(modules: Modules) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for module, written in modules.items():
        for name, told in written.get("callables", {}).items():
            yield module, name, told


def _matches(name: str, pattern: str, told: Mapping[str, Any]) -> bool:
    """Whether a pattern means a callable."""
    return (
        told.get("kind") != "property" and not name.rpartition(".")[2].startswith("_") and fnmatchcase(name, pattern)
    )


def _say(raises: dict[str, str], name: str, word: str) -> None:
    words = [w for w in raises.get(name, "").split() if w[0] != word[0] or w[0] != "o"]
    raises[name] = " ".join(sorted({*words, word}, key=lambda w: ("oxrsdw".find(w[0]), w)))


def thinned(modules: Modules, once: Iterable[str] = ()) -> Modules:
    """Without what nobody asks for: private names, what was seen a single time and is said nowhere, and callables of which
    nothing is known, unless they stand before one of a base class."""
    found: Modules = {}
    for module, written in modules.items():
        kept = {name: _kept(told, once) for name, told in written.get("callables", {}).items() if not hidden(name)}
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


def _leads(path: str, modules: Modules, found: Modules) -> bool:
    """Whether what an alias means is still there; what belongs to another library is not looked for."""
    root = path[path.rfind("]") + 1 :].lstrip("^").rstrip("*()")
    if root in modules:
        return root in found or any(module.startswith(f"{root}.") for module in found)
    module, name = canonical(modules, root)
    first = name.partition(".")[0]
    if module not in modules:
        return True
    return any(first in found.get(module, {}).get(part, {}) for part in ("classes", "callables", "aliases"))


def _kept(told: Mapping[str, Any], once: Iterable[str]) -> dict[str, Any]:
    if "raises" not in told:
        return dict(told)
    raises = {name: words for name, words in sorted(told["raises"].items()) if words != "o1" or name in once}
    return (
        {**told, "raises": raises}
        if raises or not told["raises"]
        else {k: v for k, v in told.items() if k != "raises"}
    )


def _public(cls: Mapping[str, Any]) -> dict[str, Any]:
    attributes = {name: path for name, path in cls.get("attributes", {}).items() if not name.startswith("_")}
    return {key: part for key, part in (("bases", cls.get("bases")), ("attributes", attributes)) if part}


def overrides(modules: Modules, module: str, name: str) -> bool:
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

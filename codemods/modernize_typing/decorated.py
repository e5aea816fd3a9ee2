"""Classes that a decorator turns into functions: `@singleton class Config` leaves nothing that takes `|`.

Read from the text like all facts of other files: a decorator counts where it is a function at module level that gives
back one of its own, or functools' cache. One that may do either (`return wrap if cls is None else wrap(cls)`) does not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_CLASS = re.compile(r"\n((?:@[^\n]*\n)+)class[ \t]+(\w+)")
_DECORATOR = re.compile(r"@[ \t]*([\w.]+)[ \t]*(\()?")
_LINE = re.compile(r"\n([ \t]*+)(?:(?:async[ \t]+)?(def|class)[ \t]+(\w+)|return[ \t]+(\w++)[ \t]*+(?=[\r\n#]|\Z))")

CACHES = frozenset(
    {"cache", "lru_cache", "lru_cache()", "functools.cache", "functools.lru_cache", "functools.lru_cache()"}
)


def decorated(text: str) -> Mapping[str, tuple[str, ...]]:
    """Class at module level → its decorators as written, "()" behind those that are called."""
    if "\n@" not in text or "\nclass" not in text:
        return {}
    return {m[2]: tuple(n + ("()" if c else "") for n, c in _DECORATOR.findall(m[1])) for m in _CLASS.finditer(text)}


def wrappers(text: str) -> frozenset[str]:
    """Functions at module level that give back one of their own: "f" when it is the first call that does, "f()" the second."""
    if "\ndef" not in text:
        return frozenset()
    found: set[str] = set()
    inside: list[tuple[str, str, set[tuple[str, str]]]] = []  # indentation, "def name", functions in its body
    for indent, kind, name, returned in _LINE.findall(text):
        while inside and len(inside[-1][0]) >= len(indent):
            inside.pop()
        if returned:
            owners = [owner for _, owner, _ in inside]
            is_own = bool(inside) and (indent, returned) in inside[-1][2]
            if is_own and len(owners) <= 2 and all(o.startswith("def ") for o in owners) and not inside[0][0]:
                found.add(owners[0].removeprefix("def ") + "()" * (len(owners) - 1))
            continue
        if inside and kind == "def":
            inside[-1][2].add((indent, name))
        inside.append((indent, f"{kind} {name}", set()))
    return frozenset(found)

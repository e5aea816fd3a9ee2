"""Tells of a module, in its own interpreter, what whoever imports it can see: one JSON object on stdout.

`split_probe.py MODULE [PART…]`: the names that `dir` and `import *` give, `__all__`, where each function and class says that it
lives, its signature and hints, what its pickle says. With parts: whether each object is the same by both paths, and for each
name of the module that functions read, whether a patch of it arrives in all of them and goes again.
"""

from __future__ import annotations

import importlib
import inspect
import json
import pickle
import re
import sys
import types
import typing
import unittest.mock
from collections.abc import Iterator
from typing import Any


def functions(module: types.ModuleType, files: set[str]) -> Iterator[types.FunctionType]:
    """Every function whose code stands in some files, those in classes too."""
    seen: set[int] = set()
    stack: list[Any] = [module.__dict__.get(name, None) for name in dir(module)]
    while stack:
        thing = stack.pop()
        if id(thing) in seen:
            continue
        seen.add(id(thing))
        if isinstance(thing, types.FunctionType) and thing.__code__.co_filename in files:
            yield thing
            stack.append(getattr(thing, "__wrapped__", None))
        elif isinstance(thing, staticmethod | classmethod):
            stack.append(thing.__func__)
        elif isinstance(thing, property):
            stack += [thing.fget, thing.fset, thing.fdel]
        elif isinstance(thing, type) and thing.__module__ == module.__name__ and thing is not type(module):
            stack += list(vars(thing).values())


def reads(code: types.CodeType) -> set[str]:
    """The names of the module that code may read."""
    import dis

    found = {i.argval for i in dis.get_instructions(code) if i.opname in ("LOAD_GLOBAL", "LOAD_NAME")}
    for inner in code.co_consts:
        if isinstance(inner, types.CodeType):
            found |= reads(inner)
    return found


def attempt(function: Any, *arguments: Any) -> str:
    try:
        return re.sub(r" at 0x[0-9a-f]+", "", repr(function(*arguments)))
    except Exception as error:
        return type(error).__name__


def patches(module: types.ModuleType, files: set[str]) -> tuple[int, list[str]]:
    """Patch every name that functions read: how many there are, and where a patch does not arrive or stays."""
    users: dict[str, list[types.FunctionType]] = {}
    for function in functions(module, files):
        for name in reads(function.__code__):
            users.setdefault(name, []).append(function)
    wrong = []
    count = 0
    for name in sorted(users.keys() & {*dir(module), "open", "print"}):
        if name.startswith("__") or name in ("isinstance", "type"):
            continue
        count += 1
        before = [f.__globals__.get(name) for f in users[name]]
        mark = object()
        patch = unittest.mock.patch.object(module, name, mark, create=not hasattr(module, name))
        patch.start()
        wrong += [f"{name} in {f.__qualname__}" for f in users[name] if f.__globals__.get(name) is not mark]
        patch.stop()
        after = [f.__globals__.get(name) for f in users[name]]
        if any(a is not b for a, b in zip(before, after, strict=True)):
            wrong.append(f"{name} stays patched")
    return count, wrong


def tell(name: str, parts: list[str]) -> dict[str, Any]:
    module = importlib.import_module(name)
    names = dir(module)
    space: dict[str, Any] = {}
    exec(f"from {name} import *", space)
    things = {n: getattr(module, n, None) for n in names}
    own = {n: t for n, t in things.items() if isinstance(t, type | types.FunctionType) and t.__module__ == name}
    told: dict[str, Any] = {
        "dir": names,
        "all": list(getattr(module, "__all__", [])),
        "star": [n for n in space if n != "__builtins__"],
        "own": {n: f"{t.__module__}.{t.__qualname__}" for n, t in own.items()},
        "signatures": {n: attempt(inspect.signature, t) for n, t in own.items()},
        "hints": {n: attempt(typing.get_type_hints, t) for n, t in own.items()},
        "pickles": {n: attempt(pickle.dumps, t, 0) for n, t in own.items()},
        "doc": module.__doc__,
    }
    files = {module.__file__ or ""}
    different = []
    for each in parts:
        part = importlib.import_module(f"{name}.{each}")
        files.add(part.__file__ or "")
        for n, thing in vars(part).items():
            if not n.startswith("__") and n in things and things[n] is not thing:
                different.append(f"{each}.{n}")
    told["different"] = different
    told["patched"], told["unpatched"] = patches(module, files)
    return told


if __name__ == "__main__":
    print(json.dumps(tell(sys.argv[1], sys.argv[2:])))

"""Write what typing.get_type_hints says of every class and function of some packages, in a normal form.

Run by the lowest supported Python with the packages on its path: `python typing_hints.py OUT.json FOLDER…`.
Union and `X | Y`, List and list, None and NoneType, type and type[Any] count as the same, as do Tuple[()] and
tuple[()], whose arguments differ before Python 3.11; nothing else does.
"""

from __future__ import annotations

import importlib
import inspect
import json
import os
import re
import sys
import types
import typing
import warnings

GENERATED = re.compile("[0-9a-f]{32}")  # methods that a library makes under a random name


def normal(hint, depth=0):
    if hint is None or hint is type(None):
        return "None"
    if depth > 20:
        return "..."
    if isinstance(hint, str):
        return "str:" + hint
    if isinstance(hint, typing.ForwardRef):
        return "ref:" + hint.__forward_arg__
    if isinstance(hint, (list, tuple)):
        return [normal(h, depth + 1) for h in hint]
    origin = typing.get_origin(hint)
    if origin is None:
        bare = getattr(hint, "__origin__", None)  # typing.List alone
        hint = bare if isinstance(bare, type) and type(hint).__module__ == "typing" else hint
        return (
            getattr(hint, "__module__", "")
            + "."
            + (getattr(hint, "__qualname__", None) or repr(hint).split(" at 0x")[0])
        )
    arguments = typing.get_args(hint)
    if origin is typing.Literal:
        return ["Literal", *map(repr, arguments)]
    if origin is typing.Annotated:
        return ["Annotated", normal(arguments[0], depth + 1), *(repr(a).split(" at 0x")[0] for a in arguments[1:])]
    if origin is type and arguments == (typing.Any,):
        return normal(type)
    if origin is tuple and (arguments == ((),) or (not arguments and isinstance(hint, types.GenericAlias))):
        return ["builtins.tuple", "()"]
    parts = [normal(a, depth + 1) for a in arguments]
    if origin is typing.Union or origin is getattr(types, "UnionType", None):
        return ["Union", *sorted(parts, key=json.dumps)]
    return [normal(origin, depth + 1), *parts] if parts else normal(origin, depth + 1)


def forget(hint, depth=0):
    """What a reference meant is kept for every module that spells the same type, even where the name is missing."""
    if isinstance(hint, typing.ForwardRef):
        hint.__forward_evaluated__ = False
    inner = getattr(hint, "__args__", ())
    for part in inner if isinstance(inner, tuple) and depth < 20 else ():
        forget(part, depth + 1)


def hints(thing):
    for clear in typing._cleanups:
        clear()
    for owner in getattr(thing, "__mro__", (thing,)):
        for hint in list((getattr(owner, "__annotations__", None) or {}).values()):
            forget(hint)
    try:
        found = typing.get_type_hints(thing, include_extras=True)
    except Exception as error:
        return "error: " + type(error).__name__
    return {name: normal(h) for name, h in found.items()}


def members(module):
    stack = [(name, value) for name, value in vars(module).items()]
    seen = set()
    while stack:
        name, value = stack.pop()
        value = value.__func__ if isinstance(value, (staticmethod, classmethod)) else value
        value = value.fget if isinstance(value, property) else value
        value = (
            inspect.unwrap(value) if isinstance(getattr(value, "__wrapped__", None), types.FunctionType) else value
        )
        if getattr(value, "__module__", None) != module.__name__ or id(value) in seen or GENERATED.search(name):
            continue
        if isinstance(value, type):
            seen.add(id(value))
            yield name, value
            stack += [(name + "." + k, v) for k, v in vars(value).items()]
        elif isinstance(value, types.FunctionType):
            seen.add(id(value))
            yield name, value


def modules(folder):
    """Dotted names of a folder's modules; the folder above the package is on the path."""
    for top, folders, files in os.walk(folder):
        folders[:] = sorted(f for f in folders if f.isidentifier() and f not in ("__pycache__", "build"))
        for file in sorted(files):
            if file.endswith(".py") and file[:-3].isidentifier() and file != "__main__.py":
                parts = os.path.relpath(os.path.join(top, file[:-3]), os.path.dirname(folder)).split(os.sep)
                yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def main(out, *folders):
    warnings.simplefilter("ignore")
    result = {}
    for folder in map(os.path.abspath, folders):
        if os.path.isfile(folder):
            names, top = [os.path.basename(folder)[:-3]], os.path.dirname(folder)
        else:
            names, top = list(modules(folder)), os.path.dirname(folder)
        sys.path.insert(0, top)
        for name in names:
            try:
                module = importlib.import_module(name)
            except BaseException as error:
                result[name] = "import: " + type(error).__name__
                continue
            result[name] = "imported"
            for member, value in members(module):
                result[name + ":" + member] = hints(value)
    with open(out, "w") as target:
        json.dump(result, target, indent=0, sort_keys=True)


if __name__ == "__main__":
    main(*sys.argv[1:])

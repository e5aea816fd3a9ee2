"""The knowledge base: what the standard library and well-known packages raise, and what their callables return.

One JSON file for each library in `knowledge/`, read when a name of it is first asked for:

    {"library": "httpx", "versions": "0.24-0.28", "sources": {"o": "its suite, 0.28.1, Python 3.13", …},
     "modules": {"httpx._client": {
        "aliases": {"HTTPError": "httpx._exceptions.HTTPError"},
        "classes": {"Client": {"bases": ["httpx._client.BaseClient"], "attributes": {"headers": "httpx._models.Headers*"}}},
        "callables": {"Client.get": {"kind": "sync", "returns": "httpx._models.Response*",
                                     "raises": {"httpx._exceptions.RequestError": "o12 r"}, "total": false}}}}}

A name of a module is an alias, a class or a callable. `kind` is that of `types/data.py` or "property" or "manager" ("sync" where it
is left out); `returns` a type path; a callable without `raises` is one of which only the types are known, and `"raises": {}` one that was run or
read and raised nothing. The classes of exceptions are classes like any other: their bases are the real ones, `since` is the Python that has one first.

`[E]C` is a C whose items (`c[i]`, and for anything but a mapping what iteration gives) are E: "[builtins.str*]builtins.list*". A class
with a callable `__getattr__` has every method, and what that entry raises each of them raises: the clients of boto3. The kind
"manager" enters what it returns; `^` before a path is the same of a plain function's result.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ..types.data import ClassFacts, FunctionFacts, Kind, ModuleFacts
from .data import Entry

FOLDER = Path(__file__).parent / "knowledge"
_DECORATED: Mapping[str, tuple[Kind, tuple[str, ...]]] = {
    "property": ("sync", ("builtins.property",)),
    "manager": ("gen", ("contextlib.contextmanager",)),
    "asyncmanager": ("asyncgen", ("contextlib.asynccontextmanager",)),
}


@cache
def libraries() -> Mapping[str, Path]:
    """The files of the knowledge base by the top-level name of a module that they speak of."""
    index: dict[str, str] = json.loads((FOLDER / "index.json").read_text(encoding="utf-8"))
    return {top: FOLDER / name for top, name in index.items()}


class _Library(Mapping[str, dict[str, Any]]):
    """The modules of one file."""

    def __init__(self, path: Path) -> None:
        whole = path.read_text(encoding="utf-8")
        texts = whole.split("\n\n")[1:-1]
        self._texts = {text[1 : text.index('"', 1)]: text.removesuffix(",") for text in texts}
        self._parsed: dict[str, dict[str, Any]] = {} if texts else json.loads(whole)["modules"]
        self._names = {**self._texts, **self._parsed}

    def __getitem__(self, module: str) -> dict[str, Any]:
        if module not in self._parsed:
            self._parsed[module] = json.loads(f"{{{self._texts[module]}}}")[module]
        return self._parsed[module]

    def __contains__(self, module: object) -> bool:
        return module in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


@cache
def _library(path: Path) -> _Library:
    return _Library(path)


def _written(module: str) -> dict[str, Any] | None:
    path = libraries().get(module.partition(".")[0])
    return _library(path).get(module) if path else None


class Modules(Mapping[str, ModuleFacts]):
    """The modules of all libraries, as facts like those read from a project's files: for `Resolver.table`."""

    def __init__(self) -> None:
        self._made: dict[str, ModuleFacts] = {}

    def __getitem__(self, module: str) -> ModuleFacts:
        if module not in self._made:
            written = _written(module)
            if written is None:
                raise KeyError(module)
            self._made[module] = _facts(module, written)
        return self._made[module]

    def __contains__(self, module: object) -> bool:
        return isinstance(module, str) and _written(module) is not None

    def __iter__(self) -> Iterator[str]:
        for path in dict.fromkeys(libraries().values()):
            yield from _library(path)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def since(module: str, name: str) -> tuple[int, int]:
    """The Python that has a class of the standard library first; (3, 0) for one that all have."""
    written = _written(module)
    told = written.get("classes", {}).get(name, {}).get("since", "3.0") if written else "3.0"
    major, _, minor = told.partition(".")
    return int(major), int(minor)


def entry(module: str, name: str) -> Entry | None:
    """What is known of a callable by its qualified name; None where nothing is known of what it raises."""
    written = _written(module)
    found = written.get("callables", {}).get(name) if written else None
    if found is None or "raises" not in found:
        return None
    return Entry(raises=found["raises"], total=found.get("total", False))


def _facts(module: str, written: Mapping[str, Any]) -> ModuleFacts:
    facts = ModuleFacts(f"<{module}>")
    for name, cls in written.get("classes", {}).items():
        attributes: dict[str, tuple[str, ...]] = {attr: (path,) for attr, path in cls.get("attributes", {}).items()}
        facts.classes[name] = ClassFacts(line=0, bases=tuple(cls.get("bases", ())), attributes=attributes)
    for name, told in written.get("callables", {}).items():
        owner, _, last = name.rpartition(".")
        kind, decorators = _DECORATED.get(told.get("kind", "sync"), (told.get("kind", "sync"), ()))
        function = FunctionFacts(
            0, kind, decorators, told.get("returns", ""), awaitable="no" if kind == "sync" else ""
        )
        if not owner:
            facts.functions[name] = (function,)
        elif owner in facts.classes:
            facts.classes[owner].methods[last] = (function,)
    for name, dotted in written.get("aliases", {}).items():
        facts.variables[name] = (dotted,)
    return facts


def split(dotted: str) -> tuple[str, str]:
    """The module and the qualified name in it of a dotted name."""
    parts = dotted.split(".")
    for size in range(len(parts) - 1, 0, -1):
        if _written(".".join(parts[:size])) is not None:
            return ".".join(parts[:size]), ".".join(parts[size:])
    module, _, name = dotted.rpartition(".")
    return module, name


@cache
def public(module: str, name: str) -> str:
    """The dotted name by which people import a class of a library: the shortest without a private part."""
    dotted = f"{module}.{name}"
    path = libraries().get(module.partition(".")[0])
    if path is None or module == "builtins":
        return dotted
    given = [
        f"{m}.{a}" for m, told in _library(path).items() for a, d in told.get("aliases", {}).items() if d == dotted
    ]
    return min([dotted, *given], key=lambda d: ("._" in d or d.startswith("_"), d.count("."), d != dotted, len(d), d))


@cache
def aliases(module: str, name: str) -> tuple[str, ...]:
    """All dotted names of a class of a library, the shortest first."""
    path = libraries().get(module.partition(".")[0])
    dotted = f"{module}.{name}"
    given = {
        f"{m}.{a}"
        for m, told in (_library(path) if path else {}).items()
        for a, d in told.get("aliases", {}).items()
        if d == dotted
    }
    return tuple(sorted({dotted, *given}, key=lambda d: (d.count("."), d)))


@cache
def _methods(top: str) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """The methods of a library of which it is known that they raise something, by their name."""
    found: dict[str, list[tuple[str, str]]] = {}
    for module, told in _library(libraries()[top]).items():
        if module.partition(".")[0] == top:
            for name, each in told.get("callables", {}).items():
                if "." in name and each.get("raises"):
                    found.setdefault(name.rpartition(".")[2], []).append((module, name))
    return {name: tuple(places) for name, places in found.items()}


def methods(top: str, name: str) -> tuple[tuple[str, str], ...]:
    """The methods of one name in a library, of which it is known that they raise something."""
    return _methods(top).get(name, ())

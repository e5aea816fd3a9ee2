"""Find codemods: built in (one file or folder each), installed (entry points), by file path.

A local codemod loads under a private module name and never through `sys.path`, so the analysed
repository's own packages cannot be imported by mistake.
"""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from .base import Codemod, OptionError

# The modules of this package that are not codemods; every other one is.
HOUSE = frozenset(
    {"base", "compose", "engine", "facts", "golden", "import_edits", "imports"}
    | {"options", "regions", "registry", "safety", "source", "work", "world"}
)
ENTRY_POINTS = "codemod_toolkit.codemods"


class UnknownCodemod(LookupError):
    """No codemod of that name, or a file that holds none. The message names the nearest ones."""


def _installed() -> dict[str, str]:
    """Codemods of other distributions: name → module. Reading their metadata takes time, so ask last."""
    from importlib.metadata import entry_points

    return {e.name: e.module for e in entry_points(group=ENTRY_POINTS)}


def _nearest(word: str, known: list[str]) -> str:
    import difflib

    near = difflib.get_close_matches(word, known, n=3, cutoff=0.5) or sorted(known)
    return f"did you mean {' or '.join(near)}?" if near else "none is installed"


def names() -> list[str]:
    """All codemods known by name, built in and installed."""
    return sorted({*_built_in(), *_installed()})


def _built_in() -> set[str]:
    modules = pkgutil.iter_modules([str(Path(__file__).parent)])
    return {m.name.replace("_", "-") for m in modules if m.name not in HOUSE and m.name[0] != "_"}


@cache
def load(where: str) -> type[Codemod]:
    """The codemod class for a name (`fixture-rename`) or a file (`path/to/my_codemod.py`).

    Raises UnknownCodemod.
    """
    if where.endswith(".py"):
        return _from_file(Path(where))
    if where in _built_in():
        module = f"{__package__}.{where.replace('-', '_')}"
        return _only_class(importlib.import_module(module), where)
    if (installed := _installed()).get(where):
        return _only_class(importlib.import_module(installed[where]), where)
    raise UnknownCodemod(f"there is no codemod {where!r}; {_nearest(where, names())}")


def _from_file(path: Path) -> type[Codemod]:
    name = f"_local_codemods.{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if not path.is_file() or spec is None or spec.loader is None:
        raise UnknownCodemod(f"{path}: no such file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses and pickle look their module up here
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise UnknownCodemod(
            f"{path}: cannot be loaded: {type(error).__name__}: {error}"
        ) from error
    return _only_class(module, str(path))


def _only_class(module: Any, where: str) -> type[Codemod]:
    found = [
        value
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, Codemod)
        and value.__module__ == module.__name__
    ]
    if len(found) != 1:
        raise UnknownCodemod(f"{where}: one subclass of Codemod is needed, {len(found)} found")
    return found[0]


@dataclass(frozen=True)
class Spec:
    """A codemod with its options, as plain data: what a worker gets and what a plan stores."""

    where: str
    options: tuple[tuple[str, Any], ...] = ()

    def codemod(self) -> Codemod:
        """The configured codemod. Raises UnknownCodemod, and OptionError for a bad option."""
        return _configured(self.where, self.options)


@cache
def _configured(where: str, options: tuple[tuple[str, Any], ...]) -> Codemod:
    cls = load(where)
    known = [f.name for f in fields(cls)]
    for name, value in options:
        if name not in known:
            raise OptionError(name, value, f"{where} has no such option; {_nearest(name, known)}")
    for field in fields(cls):
        value = dict(options).get(field.name)
        choices = field.metadata.get("choices")
        if choices and value is not None and value not in choices:
            raise OptionError(field.name, value, f"one of {', '.join(choices)} is needed")
    return cls(**dict(options))


def iterate() -> Iterator[tuple[str, type[Codemod]]]:
    """Every codemod known by name with its class. A broken one raises: it must not vanish silently."""
    for name in names():
        yield name, load(name)


def summary(cls: type[Codemod]) -> str:
    """The first line of a codemod's documentation."""
    return (cls.__doc__ or "").strip().partition("\n")[0]

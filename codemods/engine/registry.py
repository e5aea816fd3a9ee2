"""Find codemods: built in (one file or folder each), installed (entry points), by file path.

A local codemod loads under a private module name and never through `sys.path`, so the analysed
repository's own packages cannot be imported by mistake.
"""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from .codemod import Codemod, OptionError
from .nearest import did_you_mean
from .options import describe

if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec

# The rooms below the codemods; every other module or folder of the package is one.
ROOMS = frozenset({"engine", "facts"})
_PACKAGE = "codemods"
ENTRY_POINTS = "codemod_toolkit.codemods"


class UnknownCodemod(LookupError):
    """No codemod of that name, or a file that holds none. The message names the nearest ones."""


def _installed() -> dict[str, str]:
    """Codemods of other distributions: name → module. Reading their metadata takes time, so ask last."""
    return _entry_points(tuple(sys.path))


@cache
def _entry_points(where: tuple[str, ...]) -> dict[str, str]:
    from importlib.metadata import entry_points

    return {e.name: e.module for e in entry_points(group=ENTRY_POINTS)}


def names() -> list[str]:
    """All codemods known by name, built in and installed."""
    return sorted({*built_in(), *_installed()})


@cache
def built_in() -> frozenset[str]:
    """The codemods of this package."""
    modules = pkgutil.iter_modules([str(Path(__file__).parent.parent)])
    return frozenset(m.name.replace("_", "-") for m in modules if m.name not in ROOMS and m.name[0] != "_")


def is_known(name: str) -> bool:
    """Whether a codemod has this name. Nothing of it is loaded."""
    return name in built_in() or name in _installed()


def is_built_in(where: str) -> bool:
    """Whether a codemod's code is that of this package."""
    return where in built_in()


def no_codemod(name: str) -> str:
    """What to say of a name that no codemod has; "" where one has it, a local one that is loaded too."""
    local = re.compile(rf"_local_codemods\.\w+\.{re.escape(name.replace('-', '_'))}")
    if is_known(name) or any(map(local.fullmatch, sys.modules)):
        return ""
    return _unknown(name)


def _unknown(name: str) -> str:
    return f"there is no codemod {name!r}{did_you_mean(name, names(), most=3)}"


@cache
def load(where: str) -> type[Codemod]:
    """The codemod class for a name (`fixture-rename`) or a file (`path/to/my_codemod.py`).

    Raises UnknownCodemod.
    """
    if where.endswith(".py"):
        return _from_file(Path(where))
    if where in built_in():
        module = f"{_PACKAGE}.{where.replace('-', '_')}"
        return _only_class(importlib.import_module(module), where)
    if (installed := _installed()).get(where):
        return _only_class(importlib.import_module(installed[where]), where)
    raise UnknownCodemod(_unknown(where))


@dataclass(frozen=True)
class Lent:
    """A local codemod for a machine that does not have its file: the module is called there as it is here."""

    where: str
    name: str
    source: bytes


_lent: dict[str, Lent] = {}


def to_lend(path: Path) -> Lent:
    """Raises OSError for a file that cannot be read."""
    return Lent(where=str(path), name=_private_name(path), source=path.read_bytes())


def lend(lent: Iterable[Lent]) -> None:
    """Load these from their source, whatever lies on this machine's disk. One that has changed is loaded anew."""
    for each in lent:
        if _lent.get(each.where) != each:
            _lent[each.where] = each
            load.cache_clear()
            _configured.cache_clear()


def _private_name(path: Path) -> str:
    """A name that no other file has and that ends as the file is called."""
    import hashlib  # not for --help

    where = hashlib.sha256(str(path.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:12]
    return f"_local_codemods.{where}.{path.stem}"


def _from_file(path: Path) -> type[Codemod]:
    """A local codemod, under its private name."""
    if lent := _lent.get(str(path)):
        loader: Any = _FromSource(lent)
        return _loaded(lent.name, str(path), importlib.util.spec_from_loader(lent.name, loader))
    name = _private_name(path)
    return _loaded(name, str(path), importlib.util.spec_from_file_location(name, path) if path.is_file() else None)


class _FromSource:
    """Loads a local codemod from memory."""

    def __init__(self, lent: Lent) -> None:
        self._lent = lent

    def create_module(self, spec: ModuleSpec) -> None:
        """As Python makes one."""

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self._lent.source, self._lent.where, "exec", dont_inherit=True), vars(module))


def _loaded(name: str, path: str, spec: ModuleSpec | None) -> type[Codemod]:
    if spec is None or spec.loader is None:
        raise UnknownCodemod(f"{path}: no such file")
    module = importlib.util.module_from_spec(spec)
    # dataclasses and pickle look their module up here, and pickle its parents
    top, where, _ = name.split(".", 2)
    for parent in (top, f"{top}.{where}"):
        sys.modules.setdefault(parent, ModuleType(parent))
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        del sys.modules[name]
        reason = f"{type(error).__name__}: {error}"
        raise UnknownCodemod(f"{path}: cannot be loaded: {reason}") from error
    return _only_class(module, path)


def _only_class(module: ModuleType, where: str) -> type[Codemod]:
    """The module's one public codemod. A malformed one is refused loudly."""
    found: list[type[Codemod]] = [
        value
        for name, value in vars(module).items()
        if isinstance(value, type)
        and issubclass(value, Codemod)
        and value.__module__ == module.__name__
        and not name.startswith("_")
    ]
    if len(found) != 1:
        raise UnknownCodemod(f"{where}: one subclass of Codemod is needed, {len(found)} found")
    parameters: Any = vars(found[0]).get("__dataclass_params__")
    if not (parameters and parameters.frozen):
        raise UnknownCodemod(f"{where}: {found[0].__name__} must be a @dataclass(frozen=True)")
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
    known = {option.name: option for option in describe(cls)}
    values = dict(options)
    for name, value in options:
        if name not in known:
            raise OptionError(name, value, f"{where} has no such option{did_you_mean(name, known, most=3)}")
        values[name] = known[name].convert(value)
    for name, option in known.items():
        if option.required and name not in values:
            raise OptionError(name, None, option.help)
    return cls(**values)


def iterate() -> Iterator[tuple[str, type[Codemod]]]:
    """Every codemod known by name with its class. A broken one raises: it must not vanish silently."""
    for name in names():
        yield name, load(name)


def summary(cls: type[Codemod]) -> str:
    """The first line of a codemod's documentation."""
    return (cls.__doc__ or "").strip().partition("\n")[0]

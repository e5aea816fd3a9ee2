"""What the documentation says, written down by hand beside this file: `documented/LIBRARY.toml`.

    [places]                          names that programs shall read, where the interpreter has several
    prefer = ["re.error"]
    without = ["encodings."]          modules that no program calls, by how they begin
    ["json"]                          a module
    loads = "ValueError TypeError"    added to what was seen
    "A.read A.seek" = "= OSError"     of two: the whole list, whatever else was seen came out of the arguments
    "stat_result.*" = "="             every property of a class
    "Session.get*()" = "OSError"      every method of a pattern, private ones aside; a module may be one too: ["json.*"]
    exec = "?"                        nobody can say: it runs what it is given

    [returns."gzip"]                  where stubs say less than is so
    open = "typing.IO*"
    [library]
    modules = ["boto3", "botocore"]   its top-level modules, where that is not its name
    without = ["botocore.docs.*"]     modules that no program uses

Builtin exceptions stand by their bare names.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from codemods.engine.documents import read_toml

from ..errors import UsageError, os_reason

FOLDER = Path(__file__).parent / "documented"


@dataclass(frozen=True)
class Told:
    """One callable. `whole`: it raises nothing of its own but this. `open`: nobody can say. `broad`: a pattern says so."""

    raises: tuple[str, ...] = ()
    whole: bool = False
    open: bool = False
    broad: bool = False


@dataclass(frozen=True)
class Documented:
    callables: Mapping[str, Told] = field(default_factory=dict)  # by "module:qualified name"
    prefer: frozenset[str] = frozenset()
    returns: Mapping[str, str] = field(default_factory=dict)  # by "module:qualified name"
    modules: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()  # patterns of modules

    def expanded(self, types: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, Told]]:
        """What is written down by "module:qualified name", each pattern as what it means in a library."""
        every = [
            (module, f"{name}{'' if told.get('kind') == 'property' else '()'}")
            for module, written in types.items()
            for name, told in written.get("callables", {}).items()
            if told.get("kind") == "property" or not name.rpartition(".")[2].startswith("_")
        ]
        for key, told in self.callables.items():
            if "*" not in key:
                yield key, told
                continue
            where, _, what = key.partition(":")
            for module, name in every:
                if (
                    fnmatchcase(module, where)
                    and fnmatchcase(name, what)
                    and name.endswith("()") == what.endswith("()")
                ):
                    yield f"{module}:{name.removesuffix('()')}", replace(told, broad=True)


def documented(library: str) -> Documented:
    """What is written down for a library; nothing where no such file is."""
    path = FOLDER / f"{library}.toml"
    return read(path) if path.is_file() else Documented()


def read(path: Path) -> Documented:
    """Raises UsageError for a file that cannot be read, or that says something else."""
    try:
        data = read_toml(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: {os_reason(error) if isinstance(error, OSError) else error}") from None
    places, library = data.pop("places", {}), data.pop("library", {})
    returns = {
        f"{module}:{name}": path for module, told in data.pop("returns", {}).items() for name, path in told.items()
    }
    callables: dict[str, Told] = {}
    for module, told in data.items():
        for names, text in told.items():
            if not isinstance(text, str):
                raise UsageError(f"{path}: {module}.{names}: names of exceptions are needed, in quotes")
            mark, words = text[:1], text.lstrip("=?").split()
            for name in names.split():
                before = callables.get(f"{module}:{name}", Told())
                raises = tuple(dict.fromkeys((*before.raises, *map(_dotted, words))))
                callables[f"{module}:{name}"] = Told(raises, before.whole or mark == "=", mark == "?")
    return Documented(
        callables=callables,
        prefer=frozenset(places.get("prefer", ())),
        returns=returns,
        modules=tuple(library.get("modules", ())),
        without=tuple(places.get("without", ())),
        unread=tuple(library.get("without", ())),
    )


def _dotted(name: str) -> str:
    if "." in name:
        return name
    found = getattr(builtins, name, None)
    if not (isinstance(found, type) and issubclass(found, BaseException)):
        raise UsageError(f"there is no builtin exception {name!r}; others need their module")
    return f"builtins.{name}"

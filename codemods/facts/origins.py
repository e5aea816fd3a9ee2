"""Where the names of a library come from, over the modules of a project that hand them on.

`from .compat import mock` means `unittest.mock` where `compat.py` says `from unittest import mock`; so
do an alias, an assignment (`Mock = mock.Mock`) and a star import on either side. One file's imports
are read in a worker (`table`); `Origins` asks `Exports` and says for a file what the names that it writes
mean. `Source.origins` holds the answer, and everything that resolves names asks it through
`imports.canonical`. Of two libraries that give one name the first counts (`try` and `except`); what the project
may define itself comes from none.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from ..engine.known import Project
from ..engine.reading import Reader
from ..engine.tables import NOT_DOTTED, Table
from ..engine.world import Task
from .exports import Exports, Found
from .modules import Modules, of_tests


@dataclass(frozen=True)
class Libraries:
    """Some libraries, for `Codemod.libraries`."""

    names: tuple[str, ...]

    def origins(self, reader: Reader, files: Mapping[str, bytes]) -> dict[str, dict[str, str]]:
        """What `Source.origins` is for some files, for those of them to which names come; reads the tables of the
        modules that they come through."""
        tables, world = reader.reading.tables, reader.world
        lenders = reader.holding(*self.names, "import *").union(world.project().once(_beside_tests))
        known = Origins(tables, world.project().once(Modules), self.names, lenders)
        while True:
            found = {p: known.of(p, files[p]) for p in sorted(files) if p in tables}
            missing = world.read(sorted(known.missing))
            if not missing:
                break
            tables |= dict.fromkeys(missing, Table())
            wanted = {p: data for p, data in missing.items() if may_lend(data, known.missing[p])}
            reader.run(Task("table", reader.spec, p, data) for p, data in wanted.items())
            known.learn()
        reader.aliases |= known.lent(found, reader.codemod.needles().edit)
        return {p: origins for p, origins in found.items() if origins}


def _beside_tests(project: Project) -> tuple[str, ...]:
    """The files that may pass names of libraries on though they speak of none."""
    return tuple(p for p in project.paths if of_tests(p))


class Origins:
    """What the files of a project get of some libraries through its own modules.

    `lenders` are the files that speak of one of the libraries at all. `missing` collects those of them
    whose table was wanted and is not there, with the names that they were asked for ("*" for any).
    """

    def __init__(
        self, tables: Mapping[str, Table], modules: Modules, libraries: Iterable[str], lenders: Iterable[str]
    ) -> None:
        self.exports = Exports(tables, modules)
        self.modules = modules
        self.libraries = frozenset(libraries)
        self.lenders = frozenset(lenders)
        self._given: dict[str, Mapping[str, str]] = {}

    def of(self, path: str, text: bytes) -> dict[str, str]:
        """Dotted names as this file writes them, with what they mean; ":name" for one that a star import gives.

        Where the text holds none of the names that a module gives, nothing of that module is there; where it
        holds one, all are: another may be wanted beside it.
        """
        table = self.exports.tables[path]
        found: dict[str, str] = {}
        for local, meanings in table.names.items():
            for dotted in meanings:
                if dotted[0] not in NOT_DOTTED and not self._is_library(dotted):
                    found |= self._through(dotted, local, path, text)
        for module in table.modules:
            if not self._is_library(module) and (file := self.modules.path(module, path)) not in (None, path):
                found |= _used(module, module, self.gives(file or ""), text)
        given = {n: meaning for n, meaning in self.gives(path).items() if n not in table.names} if table.stars else {}
        if given and re.search(rb"\b(?:%s)\b" % b"|".join(n.encode() for n in given), text):
            found |= {f":{name}": meaning for name, meaning in given.items()}
        return found

    @property
    def missing(self) -> dict[str, set[str]]:
        return {path: names for path, names in self.exports.unread.items() if path in self.lenders}

    def learn(self) -> None:
        """Tables were added."""
        self.exports.learn()
        self._given.clear()

    def lent(self, paths: Iterable[str], words: Container[str]) -> set[str]:
        """The names by which some files have what a library calls by one of some words."""
        given = (item for path in paths for item in self.gives(path).items())
        return {name for name, dotted in given if name not in words and any(p in words for p in dotted.split("."))}

    def _through(self, dotted: str, local: str, path: str, text: bytes) -> dict[str, str]:
        """What an imported name brings: the name itself, or the names of an imported module of the project."""
        target = self.modules.split(dotted, path)
        if target is None or target[0] == path:
            return {}
        file, inner = target
        if not inner:
            return _used(dotted, local, self.gives(file), text)
        if not self._meaning(self.exports.find(dotted, path)):
            return {}
        module = dotted.removesuffix(inner).rstrip(".") or dotted[: len(dotted) - len(dotted.lstrip("."))]
        glue = "" if module.endswith(".") else "."
        return {f"{module}{glue}{name}": meaning for name, meaning in self.gives(file).items()}

    def gives(self, file: str) -> Mapping[str, str]:
        """The names of a module that mean something of a library."""
        if file not in self._given:
            found = {name: self._meaning(self.exports.gives(file, name)) for name in self.exports.bound(file)}
            self._given[file] = {name: meaning for name, meaning in found.items() if meaning}
        return self._given[file]

    def _meaning(self, found: Iterable[Found]) -> str:
        """The name of a library, where the project itself defines nothing that it may be."""
        known = [f for f in found if f.kind not in ("unread", "unknown")]
        mine = all(f.kind == "outside" for f in known) and known and self._is_library(known[0].name)
        return known[0].name if mine else ""

    def _is_library(self, dotted: str) -> bool:
        return dotted.partition(".")[0] in self.libraries


def may_lend(data: bytes, names: Iterable[str]) -> bool:
    """Whether a text may bind one of some names by an import or a plain assignment, or anything by a star."""
    wanted = sorted(names)
    words = b"|".join(re.escape(name.encode()) for name in wanted)
    pattern = (
        rb"(?m)^[ \t]*(?:from\b.*)?\bimport\b.*(?:\b(?:%(w)s)\b|\*)|"  # on one line
        rb"^[ \t]*(?:\w+[ \t]+as[ \t]+)?(?:%(w)s)[ \t]*(?:,|\)|#|\\|\r?$)|"  # in brackets
        rb"^[ \t]*(?:%(w)s)[ \t]*="
    )
    return "*" in wanted or re.search(pattern % {b"w": words}, data) is not None


def _used(module: str, local: str, given: Mapping[str, str], text: bytes) -> dict[str, str]:
    """The names of an imported module that a text takes by attribute of the name that it has there."""
    last = local.rpartition(".")[2].encode()
    # no word begins with it: a search for what a pattern begins with is much quicker, and one name more does no harm
    taken = {*re.findall(rb"%s\s*\.\s*([\w\x80-\xff]+)" % last, text)} if given else set()
    return {f"{module}.{name}": meaning for name, meaning in given.items() if name.encode() in taken}

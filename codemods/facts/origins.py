"""Where the names of a library come from, over the modules of a project that hand them on.

`from .compat import mock` means `unittest.mock` where `compat.py` says `from unittest import mock`; so
do an alias, an assignment (`Mock = mock.Mock`) and a star import on either side. One file's imports
are read in a worker (`table`); `Origins` puts the tables of a project together and says for a file
what the names that it writes mean. `Source.origins` holds the answer, and everything that resolves
names asks it through `imports.canonical`. Python's rule that a file's own binding hides what a star
import gives holds here too; of two imports of one name the first counts (`try` and `except`).
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from ..engine.known import Project
from ..engine.tables import Table
from .modules import Modules

_PYTEST = (
    "fixture yield_fixture mark param raises warns skip fail xfail exit importorskip approx deprecated_call register_assert_rewrite "
    "set_trace main console_main freeze_includes hookimpl hookspec Item File Module Package Class Function Collector Session "
    "Config Parser PytestPluginManager FixtureRequest FixtureLookupError MonkeyPatch LogCaptureFixture CaptureFixture Cache "
    "TempPathFactory Pytester RecordedWarning WarningsRecorder ExceptionInfo Mark MarkDecorator MarkGenerator Metafunc UsageError"
)
_KNOWN = {
    "unittest.mock": "unittest.mock", "mock": "unittest.mock", "mock.mock": "unittest.mock", "asynctest": "unittest.mock",
    "asynctest.mock": "unittest.mock", "asyncio": "asyncio", "typing": "typing", "typing_extensions": "typing",
}  # fmt: skip


@cache
def star(library: str) -> frozenset[str]:
    """The names that `from LIBRARY import *` gives; none for a library that is not known."""
    if library == "pytest":
        return frozenset(_PYTEST.split())
    known = _KNOWN.get(library)  # the running Python's own; mock and asynctest follow unittest.mock
    return frozenset(importlib.import_module(known).__all__) if known else frozenset()


_TESTS = re.compile(r"(^|/)(tests?|testing)/")


@dataclass(frozen=True)
class Libraries:
    """Some libraries, for `Codemod.libraries`."""

    names: tuple[str, ...]

    def beside(self, project: Project) -> Iterable[str]:
        """The files that may pass names of the libraries on though they speak of none of them: those beside tests."""
        return [p for p in project.paths if _TESTS.search(p)]

    def origins(self, tables: Mapping[str, Table], project: Project, lenders: Iterable[str]) -> Origins:
        return Origins(tables, project.once(Modules), self.names, lenders)

    @staticmethod
    def may_lend(data: bytes, names: Iterable[str]) -> bool:
        return may_lend(data, names)


class Origins:
    """What the files of a project get of some libraries through its own modules.

    `lenders` are the files that speak of one of the libraries at all. `missing` collects those of them
    whose table was wanted and is not there, with the names that they were asked for ("*" for any).
    """

    def __init__(
        self, tables: Mapping[str, Table], modules: Modules, libraries: Iterable[str], lenders: Iterable[str]
    ) -> None:
        self.tables = tables
        self.modules = modules
        self.libraries = frozenset(libraries)
        self.lenders = frozenset(lenders)
        self.missing: dict[str, set[str]] = {}
        self._stems = {stem for path in self.lenders for stem in _stems(path)}
        self._given: dict[str, Mapping[str, str]] = {}

    def of(self, path: str, text: bytes) -> dict[str, str]:
        """Dotted names as this file writes them, with what they mean; ":name" for one that a star import gives.

        Where the text holds none of the names that a module gives, nothing of that module is there; where it
        holds one, all are: another may be wanted beside it.
        """
        table = self.tables[path]
        found: dict[str, str] = {}
        for local, dotted in table.names.items():
            if not self._is_library(dotted):
                found |= self._through(dotted, local, path, text)
        for module in table.modules:
            if not self._is_library(module) and (given := self._module(module, path)):
                found |= _used(module, module, given, text)
        given = {n: m for n, m in self._stars(table, path).items() if n not in table.names}
        if given and re.search(rb"\b(?:%s)\b" % b"|".join(n.encode() for n in given), text):
            found |= {f":{name}": meaning for name, meaning in given.items()}
        return found

    def lent(self, paths: Iterable[str], words: Container[str]) -> set[str]:
        """The names by which some files have what a library calls by one of some words."""
        return {
            name
            for path in paths
            for name, dotted in self.gives(path).items()
            if name not in words and any(part in words for part in dotted.split("."))
        }

    def _through(self, dotted: str, local: str, path: str, text: bytes) -> dict[str, str]:
        """What an imported name brings: the name itself, or the names of an imported module of the project."""
        *_, last_but_one, last = ["", "", *dotted.split(".")]
        if last_but_one and last_but_one not in self._stems and last not in self._stems:
            return {}
        target = self.modules.split(dotted, path)
        if target is None or target[0] == path:
            return {}
        file, inner = target
        if not inner:
            return _used(dotted, local, self.gives(file), text)
        head = inner.partition(".")[0]
        given = self.gives(file, head)
        if head not in given:
            return {}
        module = dotted.removesuffix(inner).rstrip(".") or dotted[: len(dotted) - len(dotted.lstrip("."))]
        glue = "" if module.endswith(".") else "."
        return {f"{module}{glue}{name}": meaning for name, meaning in given.items()}

    def _module(self, dotted: str, path: str) -> Mapping[str, str]:
        file = self.modules.path(dotted, path)
        return self.gives(file) if file is not None and file != path else {}

    def gives(self, file: str, name: str = "*") -> Mapping[str, str]:
        """The names of a module that mean something of a library; `name` is the one that is asked for."""
        if file not in self.tables:
            if file in self.lenders:
                self.missing.setdefault(file, set()).add(name)
            return {}
        if file not in self._given:
            self._given[file] = {}  # modules that import each other
            self._given[file] = self._gives(file)
        return self._given[file]

    def _gives(self, file: str) -> dict[str, str]:
        table = self.tables[file]
        found = self._stars(table, file)
        for name, dotted in table.names.items():
            found.pop(name, None)
            if self._is_library(dotted):
                found[name] = dotted
            elif (target := self.modules.split(dotted, file)) is not None and target[1] and target[0] != file:
                head, _, rest = target[1].partition(".")
                if (meaning := self.gives(target[0], head).get(head)) is not None:
                    found[name] = f"{meaning}.{rest}" if rest else meaning
        return {name: meaning for name, meaning in found.items() if name not in table.bound}

    def _stars(self, table: Table, path: str) -> dict[str, str]:
        """What the star imports of a module give."""
        found: dict[str, str] = {}
        for module in table.stars:
            if self._is_library(module):
                given: Mapping[str, str] = {name: f"{module}.{name}" for name in star(module)}
            else:
                given = self._exported(module, path)
            found = {**given, **found}
        return {name: meaning for name, meaning in found.items() if name not in table.bound}

    def _exported(self, module: str, path: str) -> Mapping[str, str]:
        file = self.modules.path(module, path)
        if file is None or file == path:
            return {}
        given = self.gives(file)
        listed = self.tables[file].exported if file in self.tables else None
        return {n: m for n, m in given.items() if (n in listed if listed is not None else n[:1] != "_")}

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


def _stems(path: str) -> Iterator[str]:
    """What the last part of a module's dotted name can be for a file that gives, or passes on, names."""
    folder, _, name = path.rpartition("/")
    yield folder.rpartition("/")[2] if name.startswith("__init__.") else name.partition(".")[0]


def _used(module: str, local: str, given: Mapping[str, str], text: bytes) -> dict[str, str]:
    """The names of an imported module that a text takes by attribute of the name that it has there."""
    last = local.rpartition(".")[2].encode()
    return {
        f"{module}.{name}": meaning
        for name, meaning in given.items()
        if re.search(rb"\b%s\s*\.\s*%s\b" % (last, name.encode()), text)
    }

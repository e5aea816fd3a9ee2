"""What pytest makes of the files that `scan.py` scanned: which tests it collects and which marks reach them.

A test may be defined in one file and collected in another: through a base class, an import or a
star import. Marks come from the function, its class, the class's bases, the classes around it and
the module that collects it. Bases in files that were not scanned are treated by their name.
Which fixture a test gets is `resolve.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import cached_property, lru_cache
from posixpath import dirname, join, normpath
from typing import Literal

from ...engine.conditions import When, both, decide, either, negated
from ...engine.grouping import grouped
from ...engine.remember import remembered
from .config import Configs
from .names import TestNames
from .settings import PytestConfig
from .tests import Mark, Test, TestClass, TestFile

ASYNC_MARKS = frozenset(
    {"asyncio", "anyio", "trio", "twisted", "tornado", "gen_test", "asyncio_cooperative", "curio"}
)
_ISOLATED = re.compile(
    r"^(asynctest|twisted\.trial|django\.test|rest_framework\.test|channels\.testing|aiounittest)\."
    r"|(Isolated|Async|AsyncHTTPS?|AioHTTP)\w*TestCase$"
)
_TESTCASE = re.compile(r"(TestCase|TransactionTestCase)$|^unittest\.")
_PROPERTY = re.compile(r"^:property$|(^|\.)cached_property$|\.(setter|deleter)$")
_MAKES_INIT = re.compile(r"(^|\.)(BaseModel|NamedTuple|TypedDict|Enum|IntEnum|StrEnum|Exception|Thread|UserDict)$")
_MAKES_INIT_DECORATOR = re.compile(r"(^|\.)(dataclass|attrs|attr\.s|define|frozen|mutable)$")


Kind = Literal[
    "function", "testcase", "isolated"
]  # the coroutines of a testcase are never awaited, of isolated they are


@dataclass(frozen=True)
class Item:
    """One test as a module collects it."""

    path: str  # the module that collects it
    owner: str  # the class that collects it; "" at module level
    where: str  # the file that defines the function
    test: Test
    marks: tuple[Mark, ...]  # all that hold for it, its own first
    kind: Kind
    unknown_base: str = ""  # a base class that was not scanned and may be a TestCase
    cls: tuple[str, TestClass] | None = None  # the collecting class, with the file that defines it

    @property
    def nodeid(self) -> str:
        """As pytest prints it, without parameters."""
        return f"{node_of(self.path, self.owner)}::{self.test.name}"

    @cached_property
    def chain(self) -> tuple[str, ...]:
        """The nodes whose fixtures the test sees, farthest first."""
        return chain(node_of(self.path, self.owner))

    @cached_property
    def uses(self) -> tuple[tuple[str, str, str], ...]:
        """What usefixtures requests, by each mark that reaches it: (path, owner, name), "ini" for a configuration's."""
        marks = [m for m in self.marks if m.name == "usefixtures"]
        return tuple((m.path, f"u{m.written}" if m.written else "ini", n) for m in marks for n in m.names)

    @cached_property
    def direct(self) -> frozenset[str]:
        """What parametrize marks fill in the place of any fixture."""
        return frozenset(n for m in self.marks if m.name == "parametrize" for n in m.names)

    @property
    def requests(self) -> list[str]:
        """The fixtures that the test itself asks for, by parameter or mark."""
        return [*(self.test.params if self.kind == "function" else ()), *(name for _, _, name in self.uses)]


def node_of(path: str, owner: str) -> str:
    """A module, or a class in it, as a node of pytest."""
    return "::".join([path, *owner.split(".")]) if owner else path


@lru_cache(maxsize=1 << 14)
def chain(node: str) -> tuple[str, ...]:
    """The nodes that the tests of a module or class see, farthest first: plugins, folders, the module, classes. That of
    a folder ends there."""
    path, *classes = node.split("::")
    folders = (f"{path[:n]}/" for n, c in enumerate(path) if c == "/")
    inner = ("::".join([path, *classes[:n]]) for n in range(len(classes) + 1))
    return tuple(dict.fromkeys(["", *(["/"] if path else []), *folders, *(inner if path[-1:] != "/" else ())]))


@dataclass(frozen=True)
class Collected:
    """One class as a module collects it."""

    path: str  # the module that collects it
    owner: str  # its name there, with those of the classes around it
    where: str  # the file that defines it
    cls: TestClass
    bases: tuple[tuple[str, TestClass], ...]  # the class and its bases, in the order of attribute lookup
    kind: Kind
    marks: tuple[Mark, ...]  # those of the class, the classes around it and the module
    unknown_base: str = ""

    @property
    def node(self) -> str:
        return node_of(self.path, self.owner)


@dataclass(frozen=True)
class Collection(TestNames):
    """The project's tests."""

    forced: PytestConfig | None = None  # a configuration that holds everywhere
    ignoring: bool = True  # files that a run without arguments never meets are no test files

    @property
    def configs(self) -> Configs:
        return self.modules.pytest

    @property
    def paths(self) -> list[str]:
        """All Python files of the project, scanned or not."""
        return [path for path in self.modules.project.paths if path.endswith(".py")]

    @property
    def loaded(self) -> list[tuple[str, str]]:
        """(module, file that says so) of what every run loads."""
        return [*self.configs.loaded, *self.modules.plugins]

    def config(self, path: str) -> PytestConfig:
        """The configuration in force for a file."""
        return self.configs.for_path(path) if self.forced is None else self.forced

    def is_governed(self, path: str) -> bool:
        """Whether a pytest configuration holds for the file, or the project has none at all."""
        return self.forced is not None or not self.configs.found or bool(self.configs.on_path(path))

    def is_test_file(self, path: str) -> bool:
        """Whether pytest meets the file and takes it for a test module."""
        met = self.config(path).meets(path, self.ignoring)
        return met and not (self.ignoring and self._collect_ignored(path))

    def _collect_ignored(self, path: str) -> bool:
        """Whether a collect_ignore or collect_ignore_glob names the file or a folder around it, on every run."""
        parts = path.split("/")
        nodes = ["/".join(parts[:n]) for n in range(1, len(parts) + 1)]
        return any(
            decide(either(self._ignored_when(node, globs) for node in nodes), self.pythons(path))
            for globs in (False, True)
        )

    def _ignored_when(self, node: str, globs: bool) -> When:
        """The condition under which the nearest conftest that binds the name lists a file or folder."""
        found: list[When] = []
        unbound: list[When] = []  # that none of the nearer ones binds it
        for conftest in self.conftests(node):
            listed = conftest.ignored_globs if globs else conftest.ignored
            if listed is None:
                continue
            for entry, when in listed.entries:
                target = normpath(join(dirname(conftest.path), entry))
                if fnmatchcase(node, target) if globs else node == target:
                    found.append(both(*unbound, when))
            if listed.when is None:
                break
            unbound.append(negated(listed.when))
        return either(found)

    # ---- what is collected -------------------------------------------------------------------

    def kind(self, path: str, cls: TestClass) -> Kind:
        """What runs the tests of a class."""
        _, outside = self.mro(path, cls)
        if any(_ISOLATED.search(base) for base in outside):
            return "isolated"
        return "testcase" if any(_TESTCASE.search(base) for base in outside) else "function"

    def not_collected(self, path: str, where: str, cls: TestClass) -> str:
        """Why a module does not collect a class; "" when it does."""
        chain, outside = self.mro(where, cls)
        flag = next((c.flag for _, c in chain if c.flag is not None), None)
        if flag is False:
            return "it has __test__ = False"
        if self.kind(where, cls) != "function":
            return ""
        if not (flag or self.config(path).is_test_class(cls.name)):
            return "its name does not match python_classes"
        if any(base in ("abc.ABC", "typing.Protocol") for base in outside) and self._is_abstract(chain):
            return "it is abstract"
        made = any(_MAKES_INIT.search(b) for b in outside) or any(
            _MAKES_INIT_DECORATOR.search(d) for _, c in chain for d in c.decorators
        )
        return "it has a constructor" if made or any(c.init_when is None for _, c in chain) else ""

    def _is_abstract(self, chain: list[tuple[str, TestClass]]) -> bool:
        """Whether an abstract method is left that nothing nearer defines."""
        defined: set[str] = set()
        for where, cls in chain:
            for test in self.files[where].by_owner.get(cls.qualname, ()):
                if test.name not in defined and any(d.endswith("abstractmethod") for d in test.decorators):
                    return True
                defined.add(test.name)
        return False

    @remembered
    def items(self, path: str) -> list[Item]:
        """The tests that pytest collects from one module."""
        if (file := self._looked_into(path)) is None:
            return []
        found = [(path, test) for test in file.by_owner.get("", ())]
        for local, where, name in self._imported(file):
            same = (test for test in self.files[where].by_owner.get("", ()) if test.name == name)
            found += [(where, replace(test, name=local)) for test in same]
        outer = self._outer(file)
        items = [
            Item(path, "", where, test, (*self.expand(where, test.marks, test.decorators), *outer), "function")
            for where, test in found
            if self._is_test(path, test)
        ]
        return [*items, *(item for collected in self.classes(path) for item in self._methods(collected))]

    def _looked_into(self, path: str) -> TestFile | None:
        """A module that pytest looks into for tests; None for any other file."""
        file = self.files.get(path)
        return file if file is not None and file.flag is not False and self.is_test_file(path) else None

    def _outer(self, file: TestFile) -> tuple[Mark, ...]:
        """The marks that hold for all tests of a module, and what its configuration lets each of them use."""
        config = self.config(file.path)
        uses = Mark("usefixtures", 1, path=config.path, names=config.usefixtures)
        return (*self.expand(file.path, file.marks), *([uses] if config.usefixtures else []))

    @remembered
    def classes(self, path: str) -> list[Collected]:
        """The classes that pytest collects from one module: its own, imported ones and those inside of them."""
        if (file := self._looked_into(path)) is None:
            return []
        found = [(path, cls) for cls in file.classes if "." not in cls.qualname]
        for local, where, name in self._imported(file):
            found += [(where, replace(cls, name=local)) for cls in self.called(where, name)[:1]]
        outer = self._outer(file)
        return [each for where, cls in found for each in self._class(path, where, cls, outer)]

    def _imported(self, file: TestFile) -> Iterator[tuple[str, str, str]]:
        """(local name, file, name there) of what a module imports or gives another name, and pytest may collect so."""
        for alias in file.aliases:
            where, name = self.resolve(alias.source, file.path) if alias.how == "is" else ("", "")
            if name and where in self.files and (where, name) != (file.path, alias.name):
                yield alias.name, where, name
        for local, dotted in file.imports.items():
            where, name = self.resolve(dotted, file.path)
            if name and where in self.files and where != file.path:
                yield local, where, name
        for star in file.stars:
            module = self.module(star, file.path)
            for local in dict.fromkeys(self.star_names(module)) if module in self.files else ():
                where, name = self.reexported(module, local)
                if local not in file.bound and name and where in self.files and where != file.path:
                    yield local, where, name

    def _is_test(self, path: str, test: Test, kind: Kind = "function") -> bool:
        named = self.config(path).is_test_function(test.name) or test.flag is True
        named = named if kind == "function" else test.name.startswith("test")
        return named and test.fixture is None and not test.off

    def _class(
        self, path: str, where: str, cls: TestClass, outer: tuple[Mark, ...], around: str = ""
    ) -> Iterator[Collected]:
        if self.not_collected(path, where, cls):
            return
        kind = self.kind(where, cls)
        chain, outside = self.mro(where, cls)
        marks = (*(m for p, c in chain for m in self.expand(p, c.marks, c.decorators)), *outer)
        unknown = next((b for b in outside if "Test" in b), "") if kind == "function" else ""
        owner = around + cls.name
        yield Collected(path, owner, where, cls, tuple(chain), kind, marks, unknown)
        seen: set[str] = set()
        for base_path, base in chain if kind == "function" else ():
            for inner in self.files[base_path].classes:
                if inner.qualname == f"{base.qualname}.{inner.name}" and inner.name not in seen:
                    seen.add(inner.name)
                    yield from self._class(path, base_path, inner, marks, f"{owner}.")

    def _methods(self, of: Collected) -> Iterator[Item]:
        seen: set[str] = set()
        for where, base in of.bases:
            members = self.files[where].by_owner.get(base.qualname, [])
            for test in members:
                if self._is_test(of.path, test, of.kind) and test.name not in seen and not is_property(test):
                    own = self.expand(where, test.marks, test.decorators)
                    marks = (*own, *of.marks)
                    yield Item(of.path, of.owner, where, test, marks, of.kind, of.unknown_base, (of.where, of.cls))
            seen |= {t.name for t in members}

    def around(self, item: Item) -> list[tuple[str, TestClass]]:
        """The classes whose marks reach a test: its own, the bases, and those around them; nearest first."""
        found: list[tuple[str, TestClass]] = []
        if item.cls is not None:
            for where, cls in self.mro(*item.cls)[0]:
                parts = cls.qualname.split(".")
                outer = (self.cls(where, ".".join(parts[:n])) for n in range(len(parts) - 1, 0, -1))
                found += [(where, c) for c in (cls, *outer) if c is not None and (where, c) not in found]
        return found

    @cached_property
    def by_definition(self) -> dict[tuple[str, int], list[Item]]:
        """All collected tests by the file and line of their function."""
        items = (item for path in self.files for item in self.items(path))
        return grouped(((item.where, item.test.line), item) for item in items)

    def conftests(self, path: str) -> list[TestFile]:
        """The conftest files in force for a path, nearest first."""
        return self._conftests_of(path.rpartition("/")[0])

    @remembered
    def _conftests_of(self, folder: str) -> list[TestFile]:
        above = self._conftests_of(dirname(folder)) if folder else []
        found = self.files.get(join(folder, "conftest.py"))
        return [found, *above] if found is not None else above


def is_property(test: Test) -> bool:
    """Whether what looks like a method is none."""
    return any(_PROPERTY.search(d) for d in test.decorators)

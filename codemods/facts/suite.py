"""What pytest makes of the files that `tests.py` scanned: which tests it collects and which marks reach them.

A test may be defined in one file and collected in another: through a base class, an import or a
star import. Marks come from the function, its class, the class's bases, the classes around it and
the module that collects it. Bases in files that were not scanned are treated by their name.
Which fixture a test gets is `suite_fixtures.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from functools import cached_property
from posixpath import dirname, join, normpath

from codemods.base import Project

from .conditions import When, both, decide, either, negated
from .modules import Modules
from .modules import modules as modules_of
from .plugin_modules import entry_points, named_by_options
from .pytest_config import Configs, PytestConfig
from .python import Pythons, pythons
from .suite_decide import decided
from .suite_fixtures import Fixtures
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


@dataclass(frozen=True)
class Item:
    """One test as a module collects it."""

    path: str  # the module that collects it
    owner: str  # the class that collects it; "" at module level
    where: str  # the file that defines the function
    test: Test
    marks: tuple[Mark, ...]  # all that hold for it, its own first
    kind: str  # "function", "testcase" (coroutines are never awaited) or "isolated" (they are)
    unknown_base: str = ""  # a base class that was not scanned and may be a TestCase
    cls: tuple[str, TestClass] | None = None  # the collecting class, with the file that defines it

    @property
    def nodeid(self) -> str:
        """As pytest prints it, without parameters."""
        owner = self.owner.replace(".", "::")
        return "::".join(filter(None, (self.path, owner, self.test.name)))

    @property
    def requests(self) -> list[str]:
        """The fixtures that the test itself asks for, by parameter or mark."""
        marks = (a.strip("'\"") for m in self.marks if m.name == "usefixtures" for a in m.args)
        return [*self.test.params, *marks]


Chain = tuple[list[tuple[str, TestClass]], list[str]]


@dataclass(frozen=True)
class Suite:
    """The project's tests."""

    scanned: Mapping[str, TestFile]
    configs: Configs
    modules: Modules
    paths: tuple[str, ...]
    forced: PytestConfig | None = None  # a configuration that holds everywhere
    loaded: tuple[tuple[str, str], ...] = ()  # (module, file that says so) of what every run loads
    _items: dict[str, list[Item]] = field(default_factory=dict, compare=False)
    _configs: dict[str, PytestConfig] = field(default_factory=dict, compare=False)
    _met: dict[str, bool] = field(default_factory=dict, compare=False)  # pytest would open the file
    _pythons: dict[str, Pythons] = field(default_factory=dict, compare=False)
    _conftests: dict[str, list[TestFile]] = field(default_factory=dict, compare=False)
    _chains: dict[tuple[str, TestClass], Chain] = field(default_factory=dict, compare=False)

    @cached_property
    def files(self) -> Mapping[str, TestFile]:
        """The scanned files, as they are on the Pythons of the project."""
        return {path: decided(file, self.pythons(path)) for path, file in self.scanned.items()}

    def config(self, path: str) -> PytestConfig:
        """The configuration in force for a file."""
        if self.forced is not None:
            return self.forced
        folder = path.rpartition("/")[0]
        if folder not in self._configs:
            self._configs[folder] = self.configs.for_path(path)
        return self._configs[folder]

    def is_governed(self, path: str) -> bool:
        """Whether a pytest configuration holds for the file, or the project has none at all."""
        return self.forced is not None or not self.configs.found or bool(self.configs.on_path(path))

    def is_test_file(self, path: str) -> bool:
        """Whether pytest meets the file and takes it for a test module."""
        if path not in self._met:
            config = self.config(path)
            self._met[path] = config.is_test_file(path) and not config.is_ignored(path)
        return self._met[path] and not self._collect_ignored(path)

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

    def pythons(self, path: str) -> Pythons:
        """The Pythons that a file may run on."""
        folder = dirname(path)
        if folder not in self._pythons:
            self._pythons[folder] = pythons(self.modules.project, path)
        return self._pythons[folder]

    # ---- names across files ------------------------------------------------------------------

    def module(self, dotted: str, importer: str) -> str:
        """The file of a module as seen from a file; "" when it is not one of the project's."""
        return self.modules.path(dotted, importer) or ""

    def resolve(self, dotted: str, importer: str, depth: int = 0) -> tuple[str, str]:
        """(file, name in it) of a dotted or ":local" name, through re-exports; ("", "") when unknown."""
        if dotted.startswith(":"):
            return importer, dotted[1:]
        path, rest = self.modules.split(dotted, importer) or ("", "")
        return self._reexported(path, rest, depth) if rest else (path, "")

    def _reexported(self, path: str, name: str, depth: int) -> tuple[str, str]:
        file = self.files.get(path)
        head, _, tail = name.partition(".")
        if file is None or depth > 8 or head in file.bound:
            return path, name
        if head in file.imports:
            target = file.imports[head] + (f".{tail}" if tail else "")
            return self.resolve(target, path, depth + 1)
        for star in file.stars:
            module = self.module(star, path)
            if module and (found := self._reexported(module, name, depth + 1))[0]:
                inner = self.files.get(found[0])
                if inner is None or found[1].partition(".")[0] in inner.bound:
                    return found
        return path, name

    def expand(self, path: str, marks: Iterable[Mark], decorators: Iterable[str] = ()) -> Iterator[Mark]:
        """Marks with those that are imported under a name of another file looked up there."""
        yield from (m for m in marks if m.name[0] != "@")
        named = [(m.name[1:], m.line, m.when) for m in marks if m.name.startswith("@")]
        for dotted, line, when in [*named, *((d, 0, None) for d in decorators if "." in d)]:
            where, name = self.resolve(dotted, path)
            if where in self.files and where != path:
                found = self.files[where].mark_aliases.get(name, ())
                yield from (replace(m, line=line, when=both(m.when, when)) for m in found)

    def cls(self, path: str, qualname: str) -> TestClass | None:
        return next(iter(self.classes(path, qualname)), None)

    def classes(self, path: str, qualname: str) -> list[TestClass]:
        """The classes of that name which may be the one, the likeliest first: the last that is surely defined, and
        those after it that stand under a condition."""
        found: list[TestClass] = []
        for cls in reversed(self.files[path].classes if path in self.files else ()):
            if cls.qualname == qualname:
                found.append(cls)
                if cls.when is None:
                    break
        return found

    def mro(self, path: str, cls: TestClass) -> Chain:
        """The class and its bases in the project, nearest first, and the dotted names of the others."""
        if (path, cls) not in self._chains:
            self._chains[path, cls] = self._mro(path, cls)
        return self._chains[path, cls]

    def _mro(self, path: str, cls: TestClass) -> Chain:
        chain: list[tuple[str, TestClass]] = []
        outside: list[str] = []
        todo = [(path, cls)]
        while todo:
            where, each = todo.pop(0)
            if (where, each) in chain or len(chain) > 40:
                continue
            chain.append((where, each))
            for base in each.bases:
                target, name = self.resolve(base, where) if base else ("", "")
                found = self.classes(target, name)
                if found:
                    todo += [(target, each) for each in found]
                else:
                    outside.append(base)
        return chain, outside

    # ---- what is collected -------------------------------------------------------------------

    def kind(self, path: str, cls: TestClass) -> str:
        """ "function", "testcase" or "isolated" for the tests of a class."""
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
        return "it has a constructor" if made or any(c.has_init for _, c in chain) else ""

    def _is_abstract(self, chain: list[tuple[str, TestClass]]) -> bool:
        """Whether an abstract method is left that nothing nearer defines."""
        defined: set[str] = set()
        for where, cls in chain:
            for test in self.files[where].by_owner.get(cls.qualname, ()):
                if test.name not in defined and any(d.endswith("abstractmethod") for d in test.decorators):
                    return True
                defined.add(test.name)
        return False

    def items(self, path: str) -> list[Item]:
        """The tests that pytest collects from one module."""
        if path not in self._items:
            self._items[path] = list(self._collect(path))
        return self._items[path]

    def _collect(self, path: str) -> Iterator[Item]:
        file = self.files.get(path)
        if file is None or file.flag is False or not self.is_test_file(path):
            return
        outer = tuple(self.expand(path, file.marks))
        for test in file.by_owner.get("", ()):
            yield from self._item(path, path, test, outer)
        for cls in file.classes:
            if "." not in cls.qualname:
                yield from self._class_items(path, path, cls, outer)
        for local, where, name in self._imported(file):
            for test in self.files[where].by_owner.get("", ()):
                if test.name == name:
                    yield from self._item(path, where, replace(test, name=local), outer)
            if (found := self.cls(where, name)) is not None:
                yield from self._class_items(path, where, replace(found, name=local), outer)

    def _imported(self, file: TestFile) -> Iterator[tuple[str, str, str]]:
        """(local name, file, name there) of tests and classes that a module imports: pytest collects them there too."""
        config = self.config(file.path)
        for local, dotted in file.imports.items():
            if config.is_test_function(local) or config.is_test_class(local) or "Case" in local:
                where, name = self.resolve(dotted, file.path)
                if name and where in self.files and where != file.path:
                    yield local, where, name
        for star in file.stars:
            where = self.module(star, file.path)
            if where in self.files and where != file.path:
                names = [t.name for t in self.files[where].by_owner.get("", ())]
                names += [c.name for c in self.files[where].classes if "." not in c.qualname]
                yield from ((n, where, n) for n in dict.fromkeys(names))

    def _item(self, path: str, where: str, test: Test, outer: tuple[Mark, ...]) -> Iterator[Item]:
        if self.config(path).is_test_function(test.name) and test.fixture is None and not test.off:
            own = self.expand(where, test.marks, test.decorators)
            yield Item(path, "", where, test, (*own, *outer), "function")

    def _class_items(
        self, path: str, where: str, cls: TestClass, outer: tuple[Mark, ...], around: str = ""
    ) -> Iterator[Item]:
        if self.not_collected(path, where, cls):
            return
        kind = self.kind(where, cls)
        chain, outside = self.mro(where, cls)
        marks = (*(m for p, c in chain for m in self.expand(p, c.marks, c.decorators)), *outer)
        unknown = next((b for b in outside if "Test" in b), "") if kind == "function" else ""
        owner = around + cls.name
        seen: set[str] = set()
        for base_path, base in chain:
            members = self.files[base_path].by_owner.get(base.qualname, [])
            for test in members:
                if self._is_test_method(path, kind, test) and test.name not in seen:
                    own = self.expand(base_path, test.marks, test.decorators)
                    yield Item(path, owner, base_path, test, (*own, *marks), kind, unknown, (where, cls))
            seen |= {t.name for t in members}
            if kind == "function":
                for inner in self.files[base_path].classes:
                    if inner.qualname == f"{base.qualname}.{inner.name}":
                        yield from self._class_items(path, base_path, inner, marks, f"{owner}.")

    def around(self, item: Item) -> list[tuple[str, TestClass]]:
        """The classes whose marks reach a test: its own, the bases, and those around them; nearest first."""
        found: list[tuple[str, TestClass]] = []
        if item.cls is not None:
            for where, cls in self.mro(*item.cls)[0]:
                parts = cls.qualname.split(".")
                outer = (self.cls(where, ".".join(parts[:n])) for n in range(len(parts) - 1, 0, -1))
                found += [(where, c) for c in (cls, *outer) if c is not None and (where, c) not in found]
        return found

    def _is_test_method(self, path: str, kind: str, test: Test) -> bool:
        named = self.config(path).is_test_function(test.name) if kind == "function" else test.name.startswith("test")
        return named and test.fixture is None and not test.off and not is_property(test)

    @cached_property
    def by_definition(self) -> dict[tuple[str, int], list[Item]]:
        """All collected tests by the file and line of their function."""
        found: dict[tuple[str, int], list[Item]] = {}
        for path in self.files:
            for item in self.items(path):
                found.setdefault((item.where, item.test.line), []).append(item)
        return found

    # ---- fixtures ----------------------------------------------------------------------------

    def conftests(self, path: str) -> list[TestFile]:
        """The conftest files in force for a path, nearest first."""
        folder = path.rpartition("/")[0]
        if folder not in self._conftests:
            above = self.conftests(folder) if folder else []
            found = self.files.get(f"{folder}/conftest.py" if folder else "conftest.py")
            self._conftests[folder] = [found, *above] if found is not None else above
        return self._conftests[folder]

    @cached_property
    def fixtures(self) -> Fixtures:
        """Which fixture a name means, and what may fill a parameter."""
        return Fixtures(self)


def is_property(test: Test) -> bool:
    """Whether what looks like a method is none."""
    return any(_PROPERTY.search(d) for d in test.decorators)


_latest: list[Suite] = []  # several methods of a codemod ask about the same files in a row


def build(parts: Mapping[str, TestFile], project: Project, forced: PytestConfig | None = None) -> Suite:
    """The suite of all scanned files; the one asked for last is kept."""
    names = modules_of(project)
    suite = next((s for s in _latest if s.modules is names and s.forced == forced), None)
    if suite is None:
        loaded = (*named_by_options(names.pytest), *entry_points(project.texts))
        paths = tuple(p for p in project.paths if p.endswith(".py"))
        suite = Suite({}, names.pytest, names, paths, forced, loaded)
    if suite.scanned != parts:  # what the configurations say of paths stays
        suite = replace(suite, scanned=dict(sorted(parts.items())), _items={}, _conftests={}, _chains={})
    _latest[:] = [suite]
    return suite

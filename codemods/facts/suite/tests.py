"""What one file says about tests, as plain data: functions, classes, marks and fixtures.

`scan.py` reads it; what pytest makes of it is `collect.py` (which class is collected, which marks reach a
test from a base class in another file) and `resolve.py` (which fixture a name means). No slots: thousands of
these come back from workers and out of the cache, and pickle restores a plain `__dict__` faster.

What stands under a condition carries it; `decide.py` drops what never holds on the project's Pythons
and clears the conditions that always do, so that in a suite a condition means "sometimes".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from ...engine.conditions import NEVER, When
from ...engine.grouping import grouped

FixtureKind = Literal["pytest", "pytest_asyncio", "other"]  # whose decorator it has
Guarded = tuple[tuple[str, When], ...]  # names, each with the condition under which it holds
Flags = tuple[tuple[bool, When], ...]


@dataclass(frozen=True)
class Mark:
    """One `pytest.mark.NAME`, with its arguments as source text."""

    name: str
    line: int  # where it is put to use
    args: tuple[str, ...] = ()
    keywords: tuple[tuple[str, str], ...] = ()
    when: When = None
    path: str = ""  # where it is written, which may be another file
    written: int = 0
    names: tuple[str, ...] = ()  # usefixtures: what it requests; parametrize: the arguments that it fills itself
    computed: bool = False  # parametrize: the names are not seen

    def may_fill(self, name: str) -> bool:
        """Whether a parametrize mark gives a value to a parameter, or may, since its names are computed."""
        written = self.args[0] if self.args else dict(self.keywords).get("argnames", "")
        filled = self.computed or name in self.names or name in re.findall(r"\w+", written)
        return self.name == "parametrize" and filled


@dataclass(frozen=True)
class Fixture:
    """How a function is made a fixture. `decorator` is its index in the decorator list."""

    name: str  # as tests request it
    kind: FixtureKind
    decorator: int = -1  # -1: none in this file says so
    direct: bool = False  # the decorator itself is the fixture function, not an alias of a configured one
    explicit: bool = False  # the name was given by `name=`
    called: bool = False
    args: int = 0
    keywords: tuple[tuple[str, str], ...] = ()
    kinds: tuple[tuple[FixtureKind, When], ...] = ()  # where the decorator's name is bound in several ways

    def keyword(self, name: str) -> str:
        """A keyword's source text without quotes; "" when it is not given."""
        return dict(self.keywords).get(name, "").strip("'\"")

    @property
    def scope(self) -> str:
        return self.keyword("scope") or "function"

    @property
    def autouse(self) -> bool:
        return self.keyword("autouse") not in ("", "False")


@dataclass(frozen=True)
class Test:
    """One function of a module or class (or a nested async one): a test, a fixture or a helper. Also what an
    assignment makes a fixture: `db = pytest.fixture(function)`."""

    name: str
    qualname: str
    owner: str  # qualified name of the class around it; "" at module level
    line: int  # of the `def`
    is_async: bool
    nested: bool = False
    yields: bool = False  # an own-scope yield: an async generator
    asks: tuple[str, ...] = ()  # what it gets by `getfixturevalue`; "?" for a name that is not seen
    loop_inside: int = 0  # line of an asyncio.run() or the like in its own scope
    params: tuple[str, ...] = ()  # what pytest fills
    marks: tuple[Mark, ...] = ()
    decorators: tuple[str, ...] = ()  # dotted names of those that are neither marks nor fixtures
    fixture: Fixture | None = None
    flag: bool | None = None  # __test__
    flags: Flags = ()  # what sets it: `test_x.__test__ = …`
    when: When = None
    used: bool = False  # if nested: the function around it names it, or a decorator takes it
    fills: tuple[str, ...] = ()  # what it parametrizes, if it is `pytest_generate_tests`; "*" for computed names
    step: bool = False  # of pytest-bdd
    unsure: bool = False  # a decorator fills parameters that cannot be seen

    @cached_property
    def requests(self) -> tuple[str, ...]:
        """The fixtures that it asks for, by parameter or while it runs, as far as they are seen."""
        return tuple(dict.fromkeys(n for n in (*self.params, *self.asks) if n != "?"))

    @property
    def direct(self) -> frozenset[str]:
        """The parameters that its own parametrize marks fill."""
        return frozenset(n for m in self.marks if m.name == "parametrize" for n in m.names)

    @property
    def dead(self) -> bool:
        """Whether no Python of the project runs the code around it."""
        return self.when == NEVER

    @property
    def autouse(self) -> bool:
        return self.fixture is not None and self.fixture.autouse

    @property
    def off(self) -> bool:
        return self.flag is False

    @property
    def is_async_fixture(self) -> bool:
        """Whether pytest itself would make an async fixture of it: not of a function that gives something to enter."""
        made = self.fixture is not None and self.fixture.kind == "pytest" and self.is_async
        return made and not any(d.rpartition(".")[2] == "asynccontextmanager" for d in self.decorators)


@dataclass(frozen=True)
class Alias:
    """`name = other`, `name = make()` or `name = partial(make)` in a module; `source` is a dotted name, ":other" for
    one of the same file."""

    name: str
    line: int
    source: str
    how: Literal["is", "call", "partial"]


@dataclass(frozen=True)
class TestClass:
    """One class. A base is a dotted name, ":Local" for one of the same file, or ""."""

    name: str
    qualname: str
    line: int
    bases: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()  # decorators and pytestmark
    decorators: tuple[str, ...] = ()
    flag: bool | None = None  # __test__
    bases_if: Guarded = ()  # of a base that is bound in several ways
    init_when: When = NEVER  # it has an own `__init__` or `__new__`
    flags: Flags = ()  # what sets __test__, in order, in the class or from outside
    when: When = None
    assigned: frozenset[str] = frozenset()  # attributes that are no functions

    def __hash__(self) -> int:
        """Quicker than over all that it holds: orders of attribute lookup are kept by class."""
        return hash((self.qualname, self.line))


@dataclass(frozen=True)
class Ignored:
    """What a conftest's collect_ignore or collect_ignore_glob holds. `when` it is bound at all, it hides those above."""

    entries: Guarded
    when: When = None


@dataclass(frozen=True)
class TestFile:
    """The facts of one file."""

    path: str
    tests: tuple[Test, ...] = ()
    classes: tuple[TestClass, ...] = ()
    marks: tuple[Mark, ...] = ()  # pytestmark
    imports: dict[str, str] = field(default_factory=dict)  # local name → dotted name, at module level
    stars: tuple[str, ...] = ()
    bound: frozenset[str] = frozenset()  # every other name bound at module level
    exports: tuple[str, ...] | None = None  # __all__, None without one
    held: dict[str, tuple[Mark, ...]] = field(default_factory=dict)  # marks under a name, "@" those of other files
    wrappers: dict[str, str] = field(default_factory=dict)  # decorator function → "async", "sync", "same"
    aliases: tuple[Alias, ...] = ()
    makers: dict[str, Fixture] = field(default_factory=dict)  # names here that decorate fixtures: aliases, partials
    factories: frozenset[str] = frozenset()  # functions here that make a fixture and may return it
    flag: bool | None = None  # __test__ of the module
    plugins: tuple[str, ...] = ()  # pytest_plugins
    ignored: Ignored | None = None  # collect_ignore
    ignored_globs: Ignored | None = None  # collect_ignore_glob
    program: int = 0  # the line that runs the module's own coroutines
    imports_if: tuple[tuple[str, str, When], ...] = ()  # of names that several imports bind: local, dotted
    stars_if: Guarded = ()
    plugins_if: Guarded = ()
    plugins_computed: bool = False  # some of pytest_plugins is not seen
    flags: Flags = ()
    hook_when: When = NEVER  # it marks tests from a collection hook

    @cached_property
    def by_owner(self) -> dict[str, list[Test]]:
        """The functions of each class, "" for those of the module; nested ones left out."""
        return grouped((test.owner, test) for test in self.tests if not (test.nested or test.dead))

    @cached_property
    def providers(self) -> dict[str, list[Test]]:
        """The fixtures by the name that requests them, the last one first; nested ones included."""
        made = ((t.fixture, t) for t in reversed(self.tests) if not t.dead)
        return grouped((fixture.name, test) for fixture, test in made if fixture is not None)

    def asked(self) -> dict[int, tuple[str, ...]]:
        """By the line of a test or fixture, its parameters that are fixtures by all that this file says: neither marks of
        the module and its classes, which subclasses inherit, nor a hook fill them otherwise."""
        marks = (*self.marks, *(mark for cls in self.classes for mark in cls.marks))
        filled = {name for test in self.tests for name in test.fills}
        called = (t for t in self.tests if not t.nested and (t.fixture is not None or t.name.startswith("test")))
        return {
            test.line: tuple(p for p in test.params if p not in filled and not any(m.may_fill(p) for m in marks))
            for test in called
            if not test.unsure and "*" not in filled
        }

    @property
    def all_marks(self) -> Iterator[Mark]:
        """Every mark that the file writes down."""
        yield from self.marks
        yield from (mark for cls in self.classes for mark in cls.marks)
        yield from (mark for test in self.tests for mark in test.marks)

"""Write down the scope of database-like fixtures that leave it to the default."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from .engine.codemod import Codemod, Needles, OptionError, option
from .engine.edits import add_keyword, definitions
from .engine.known import Decisions, Known, Wants
from .engine.source import Source
from .engine.values import Part, Skip
from .facts.origins import Libraries
from .facts.suite.build import suite_of
from .facts.suite.collect import chain, node_of
from .facts.suite.plugins import providers
from .facts.suite.reach import wanted
from .facts.suite.requests import LIBRARIES
from .facts.suite.resolve import Suite
from .facts.suite.scan import scan
from .facts.suite.tests import Test, TestFile

# a session with another word beside it is some client's, user's or test run's
_DATABASE = r"(^|_)(dbs?|databases?)(_|$)|^_*(async_)?sessions?$"

# what a fixture can be called, and what may bring one from another file; each begins with a letter, so that it is quick
_NAMES = re.compile(r"""def\s+(\w+)|name\s*=\s*["'](\w+)|import\s+(\([^)]*\)|[^\n]*)""")
_LINKS = [re.compile(link) for link in (r"\nclass\s+\w+\s*\(", r"import\s*\*", "pytest_plugins")]


@dataclass(frozen=True)
class _Todo:
    line: int
    decorator: int
    reason: str


@dataclass(frozen=True)
class FixtureScope(Codemod):
    """Write down the scope of database-like fixtures that leave it to the default.

    `@pytest.fixture` becomes `@pytest.fixture(scope="function")`, and so does
    `@pytest_asyncio.fixture`, for fixtures whose name matches `--match`: a reader sees at once
    that each test gets a database of its own. Other arguments stay. By default those are `session`,
    `async_session` and all names with the word db or database: `mock_session` is something else.

    Left alone: a fixture with a scope; one that overrides another of the same name, in a base
    class, a conftest further up, or a plugin, since its scope belongs to the pair; one that is
    declared through an alias, which may set the scope.

    Safe: the default is written out, nothing else.
    """

    libraries: ClassVar[Libraries] = Libraries(LIBRARIES)
    codes: ClassVar[Mapping[str, str]] = {
        "A60-override": "the fixture overrides another one of the same name",
        "A61-alias": "the decorator is made from pytest.fixture elsewhere, maybe with a scope",
        "A62-arguments": "the decorator has arguments that may hold a scope",
    }

    match: str = option(_DATABASE, help="regular expression, searched in the fixture's name", metavar="REGEX")

    def __post_init__(self) -> None:
        try:
            re.compile(self.match)
        except re.error as error:
            raise OptionError("match", self.match, f"a regular expression is needed ({error})") from None

    def needles(self) -> Needles:
        return Needles(edit=("fixture", "yield_fixture"), fact_files=("conftest.py",))

    def scan(self, file: Source) -> TestFile | None:
        return scan(file) if _may_hold(f"\n{file.text}", self.match) else None  # most test files need no walk

    def wants(self, known: Known) -> Wants:
        return Wants(paths=wanted(known.once(suite_of)))

    def decide(self, known: Known, targets: Collection[str]) -> Decisions:
        suite = known.once(suite_of)
        files = (file for path, file in suite.files.items() if path in targets)
        return Decisions.sorted_out({file.path: _judged(file, suite, self.match) for file in files})

    def find(self, file: Source, mine: tuple[_Todo, ...]) -> Iterator[Part | Skip]:
        nodes = definitions(file)
        for todo in (t for t in mine if t.line in nodes):  # not those inside of functions
            decorator = nodes[todo.line].decorator_list[todo.decorator]
            if edit := add_keyword(file, decorator, "scope", '"function"', first=True):
                yield Part(file.path, todo.line, todo.reason, (edit,))


def _may_hold(text: str, match: str) -> bool:
    """Whether a file may define or get a fixture that counts, or pass on what another file has."""
    words = {w for found in _NAMES.findall(text) for each in found for w in re.findall(r"\w+", each)}
    return any(link.search(text) for link in _LINKS) or any(re.search(match, w) for w in words)


def _judged(file: TestFile, suite: Suite, match: str) -> Iterator[_Todo | Skip]:
    for test in file.tests:
        fixture = test.fixture
        if fixture is None or test.dead or fixture.kind == "other" or not re.search(match, fixture.name):
            continue
        given = {name for name, _ in fixture.keywords}
        if "scope" in given:
            continue
        if other := _overridden(suite, file.path, test):
            yield Skip(file.path, test.line, "A60-override", f"{fixture.name} overrides that of {other}")
        elif not fixture.direct:
            reason = f"{fixture.name} is declared through an alias of pytest.fixture"
            yield Skip(file.path, test.line, "A61-alias", reason)
        elif fixture.args or "**" in given:
            yield Skip(file.path, test.line, "A62-arguments", f"the arguments of {fixture.name} may hold a scope")
        else:
            yield _Todo(test.line, fixture.decorator, f"{fixture.name} has function scope by default")


def _overridden(suite: Suite, path: str, test: Test) -> str:
    """Where the fixture lives that this one overrides; "" when there is none."""
    assert test.fixture is not None
    name = test.fixture.name
    cls = suite.cls(path, test.owner) if test.owner else None
    for where, base in suite.mro(path, cls)[0][1:] if cls is not None else ():
        if suite.fixtures.class_bindings(where, base.qualname, name):
            return where
    for other in suite.fixtures.visible(name, chain(node_of(path, test.owner))):
        if (other.path, other.test.owner) != (path, test.owner) and not other.test.dead:
            return other.path
    plugins = sorted(providers(name, suite.configs.mentions))
    return plugins[0] if plugins else "something not seen here" if name in test.params else ""

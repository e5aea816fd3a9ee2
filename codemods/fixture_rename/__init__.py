"""Rename a pytest fixture, resolving it as pytest does. The dataclass is here; the steps stand beside it.

texts.py, locate.py    one file: where the two names stand
rewrite.py             the planned names, by a LibCST transformer
groups.py              which definitions and requests belong to one change
capture.py             would any test get another fixture?
plan.py                edits, skips and reasons per change, and which overrides are one of their own
result.py              what the changes come to, and requests that nothing here defines
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from ..engine.codemod import Codemod, Needles, OptionError, identifier, option, options_as
from ..engine.known import Decisions, Known, Wants
from ..engine.source import Source
from ..engine.values import Edit, Part, Safety, Skip
from ..facts.origins import Libraries
from ..facts.suite.requests import LIBRARIES
from . import lazy

if TYPE_CHECKING:  # a run that finds nothing needs none of these: each method brings its own
    from .values import File, Job

_CONFIGS = ("pytest.ini", ".pytest.ini", "pytest.toml", ".pytest.toml", "tox.ini", "setup.cfg", "pyproject.toml")
_DOCS = ("*.md", "*.rst")
_NAMES = (  # what a helper may ask
    "fixturenames", "funcargnames", "names_closure", "name2fixturedefs", "fixturename", "getfixturevalue", "usefixtures",
)  # fmt: skip


@dataclass(frozen=True)
class FixtureRename(Codemod):
    """Rename a pytest fixture by resolving every request as pytest does.

    What counts: a fixture *definition* called OLD (decorated in any form, `name="OLD"`, assigned, imported, in a
    class) and exactly the requests that resolve to it: parameters with all that they mean in the body,
    `usefixtures`, `getfixturevalue`, `parametrize`, lazy fixtures, hooks that compare names, `usefixtures` in
    configuration files. Definitions that override each other, import each other, or that one request may mean
    are one change, applied whole or not at all.

    What is left alone: parameters that no fixture fills (defaults, `@patch`, `@given`, direct `parametrize`,
    methods of a TestCase, helpers), keyword labels, attributes, other strings, and everything that a text
    rename would break without a word: if NEW already exists farther away or nearer, a test may silently get
    another fixture. Each closure is resolved before and after, and a definition that moves any test is left
    alone with the reason.

    Safe where no test resolves to another definition. Unsafe where the order of autouse fixtures, a
    parametrized override, pytest-bdd or a direct call is involved.
    """

    old: str = option("db", help="the fixture's name today", metavar="NAME")
    new: str = option("db_session", help="its new name", metavar="NAME")
    definition: str = option(
        "", help="only the change that holds this definition", metavar="FILE[:LINE|::CLASS]", in_project=True
    )
    on_collision: str = option(
        "skip",
        help="NEW exists already: leave the definition alone, override it, or delete ours and use the existing one",
        choices=("skip", "override", "use-existing"),
    )
    fix_dangling: bool = option(
        False, help="also rename requests and uses of OLD that nothing defines, where NEW resolves"
    )
    rename_locals: bool = option(False, help="rename a local variable NEW that is in the way to NEW_1")
    keep_alias: bool = option(False, help="leave a fixture OLD that returns NEW beside each definition")
    docs: bool = option(False, help="rename in code spans and examples of docstrings, Markdown and reST")
    plugin_fixture: tuple[str, ...] = option((), help="a name that a plugin requests: never renamed", metavar="NAME")
    fixture_decorator: tuple[str, ...] = option((), help="one more decorator that makes fixtures", metavar="DOTTED")

    spans_files: ClassVar[bool] = True
    libraries: ClassVar[Libraries] = Libraries(tuple(dict.fromkeys([*LIBRARIES, *lazy.LIBRARIES])))
    codes: ClassVar[Mapping[str, str]] = {
        "F10-capture": "some test would silently get another fixture, because NEW exists already",
        "F11-both": "a function takes OLD and NEW",
        "F12-local-name": "NEW means something else where OLD is used",
        "F13-plugin": "the fixture belongs to a plugin, or overrides one that a plugin requests by name",
        "F14-dynamic": "a fixture's name is built at run time and may be OLD",
        "F15-dangling": "OLD is requested and nothing defines it",
        "F16-free-name": "OLD is used without being requested",
        "F18-testid": "ids of parametrized tests change",
        "F19-public": "a pytest11 plugin gives the fixture to other projects",
        "F20-parametrize-override": "tests fill OLD by parametrize and so override the fixture",
        "F21-introspect": "code looks the name up as text: locals(), eval(), f'{x=}'",
        "F22-unreadable-in-scope": "a file that may define or request OLD cannot be read",
    }
    remarks: ClassVar[Mapping[str, str]] = {
        "F17-autouse-order": "autouse fixtures would run in another order",
    }

    def __post_init__(self) -> None:
        identifier("old", self.old)
        identifier("new", self.new)
        if self.old == self.new:
            raise OptionError("new", self.new, "a name other than --old is needed")

    def subject(self) -> str:
        return f"Rename the fixture {self.old} to {self.new}"

    def needles(self) -> Needles:
        files = ("*.py", *_CONFIGS, *(_DOCS if self.docs else ()))
        return Needles((self.old,), (self.new, "pytest_plugins", *_NAMES), files, ("conftest.py",))

    def scan(self, file: Source) -> File | None:
        from .locate import locate
        from .prose import find_docs, find_ini
        from .values import File, Options

        if file.is_python:
            return locate(file, options_as(self, Options))
        if file.path.endswith((".md", ".rst")):
            return File(docs=find_docs(file, self.old, self.new))
        return find_ini(file, self.old, self.new)

    def wants(self, known: Known) -> Wants:
        from .follow import wants

        return wants(known, self.old, self.new)

    def decide(self, known: Known, targets: Collection[str]) -> Decisions:
        from .plan import decide
        from .values import Options

        return decide(known, options_as(self, Options))

    def find(self, file: Source, mine: tuple[Job, ...]) -> Iterable[Part | Skip]:
        from .rewrite import rename  # LibCST: not for files that are only scanned

        for job in mine:
            if file.is_python:
                edits = rename(file, job.edits)
            else:
                edits = tuple(Edit(file.path, start, end, new) for start, end, new in job.edits)
            line = job.line or file.line_of(edits[0].start)
            safety = Safety.UNSAFE if job.unsafe else Safety.SAFE
            yield Part(
                file.path, line, job.reason, edits, safety, job.group, frees=job.frees, deletes_comments=job.deletes
            )

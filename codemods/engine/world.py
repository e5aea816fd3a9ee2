"""What the engine asks of its surroundings: `golden.py` answers with files in a dictionary, the runner
with the tree of a commit or a folder on disk."""

from __future__ import annotations

import functools
import pickle
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from fnmatch import translate
from typing import Any, Literal, Protocol

from .known import Project
from .registry import Spec, load


@dataclass(frozen=True)
class Task:
    """One file's work as plain data. `facts` is what was decided for it, and the parts for compose."""

    kind: Literal["scan", "table", "find", "ignores", "compose", "check"]
    spec: Spec
    path: str
    data: bytes
    facts: Any = None
    before: bytes = b""  # for check: the content before it
    minimum: tuple[int, int] | None = None
    origins: Mapping[str, str] = field(default_factory=dict)  # names that come through other files, see Source
    others: Mapping[str, bytes] = field(default_factory=dict)  # for compose: the files that text comes from

    def __reduce__(self) -> tuple[Any, ...]:
        values = tuple(getattr(self, f.name) for f in fields(self))
        if self.spec.where.endswith(".py"):  # the facts may be of classes of the local codemod
            return _unpickled, (self.spec, pickle.dumps(values, 5))
        return Task, values


def _unpickled(spec: Spec, values: bytes) -> Task:
    """A task in a worker that may not have loaded the local codemod yet."""
    load(spec.where)
    return Task(*pickle.loads(values))


CRASHES = ("C006-crashed", "C010-timeout")


@dataclass(frozen=True)
class Outcome:
    """A task's value, or why there is none: a code (C001-syntax, C006-crashed, C008-too-large or C010-timeout),
    the reason, and its line."""

    value: Any = None
    code: str = ""
    reason: str = ""
    line: int = 1

    @property
    def crashed(self) -> bool:
        """Whether it may be otherwise next time: a worker died or took too long."""
        return self.code in CRASHES


@dataclass(frozen=True)
class Comments:
    """What a change does to the comments of one file: those that go, and those that come."""

    lost: tuple[str, ...] = ()
    gained: tuple[str, ...] = ()


@dataclass(frozen=True)
class Written:
    """What composing gave for one file: new contents by path, problems, and the groups to blame for them.

    A comment that goes may come in another file of the same change: so those are told group by group.
    """

    files: dict[str, bytes | None]
    problems: tuple[str, ...] = ()
    blamed: tuple[str, ...] = ()
    comments: Mapping[str, Comments] = field(default_factory=dict)
    created: bool = False
    gone: bool = False  # what lay there was moved or deleted
    origin: str = ""  # the file that one which is created comes from


class Services(Protocol):
    """What the runner lends: what a library must not reach for by itself."""

    def read_report(self, path: str) -> str:
        """The text of a file that the user named on the command line, or of `OBSERVED`. One that cannot be read ends the
        run."""


class World(Protocol):
    """What the engine asks of its surroundings."""

    @property
    def services(self) -> Services: ...
    def project(self) -> Project: ...
    def search(self, words: Sequence[str], globs: Sequence[str]) -> set[str]:
        """Paths whose name matches a glob and whose text holds one of the words (ALL: any text)."""

    def read(self, paths: Iterable[str]) -> dict[str, bytes]: ...
    def run(self, tasks: Sequence[Task]) -> Iterator[tuple[Task, Outcome]]: ...
    def editable(self, path: str) -> str:
        """Empty, or the reason why this path may not be edited."""

    def standing(self, paths: Iterable[str]) -> set[str]:
        """All that stands in the project and that no file may come to lie on, links and submodules too; of what the
        project does not know whatever of `paths` is there."""

    def format(self, before: Mapping[str, bytes], after: Mapping[str, bytes]) -> dict[str, bytes]: ...
    def minimum_python(self, path: str) -> tuple[int, int] | None: ...
    def overlay(self, files: Mapping[str, bytes | None]) -> World: ...


@functools.cache
def word_pattern(words: tuple[str, ...]) -> re.Pattern[bytes]:
    """Whole words as `git grep -w` means them: neither side touches an ASCII letter, digit or underscore."""
    alternatives = b"|".join(re.escape(w.encode()) for w in words)
    return re.compile(rb"(?<![A-Za-z0-9_])(?:" + alternatives + rb")(?![A-Za-z0-9_])")


def matches_glob(path: str, globs: Sequence[str]) -> bool:
    of_name, of_path = _patterns(tuple(globs))
    return bool(of_name.match(path.rpartition("/")[2]) or of_path.match(path))


@functools.cache
def _patterns(globs: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """One pattern for a path's last component, one for the whole path: a project has thousands to match."""
    kinds = [g for g in globs if "/" not in g], [g for g in globs if "/" in g]
    of_name, of_path = (re.compile("|".join(map(translate, kind)) or r"(?!)") for kind in kinds)
    return of_name, of_path


CONFIG_FILES = (
    "pyproject.toml", "setup.cfg", "setup.py", "pytest.ini", ".pytest.ini", "pytest.toml", ".pytest.toml", "tox.ini",
    "ruff.toml", ".ruff.toml", ".pre-commit-config.yaml", "requirements*.txt", "*requirements.txt", "requirements*.in",
    "requirements/*.txt", "*/requirements/*.txt", "requirements/*.in", "*/requirements/*.in",
    "uv.lock", "poetry.lock", "Pipfile", "environment.yml", ".flake8", ".pylintrc", "pylintrc",
)  # fmt: skip

"""What the engine asks of its surroundings, and the smallest world that answers: files in a dictionary.

The runner has two more (`runner/files.py`): the tree of a commit and a folder on disk.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any, Protocol

from .base import ALL, Project, Services
from .registry import Spec


@dataclass(frozen=True)
class Task:
    """One file's work as plain data. `facts` is what `share` gave; `before` is for checks."""

    kind: str  # "scan", "find" or "check"
    spec: Spec
    path: str
    data: bytes
    facts: Any = None
    before: bytes = b""
    minimum: tuple[int, int] | None = None


@dataclass(frozen=True)
class Outcome:
    """A task's value, or why there is none. `code` is C001-syntax, C006-crashed or C008-too-large."""

    value: Any = None
    code: str = ""
    reason: str = ""


class World(Protocol):
    """What the engine asks of its surroundings."""

    services: Services

    def project(self) -> Project: ...
    def search(self, words: Sequence[str], globs: Sequence[str]) -> set[str]:
        """Paths whose name matches a glob and whose text holds one of the words (ALL: any text)."""

    def read(self, paths: Iterable[str]) -> dict[str, bytes]: ...
    def run(self, tasks: Sequence[Task]) -> Iterator[tuple[Task, Outcome]]: ...
    def editable(self, path: str) -> str:
        """Empty, or the reason why this path may not be edited."""

    def format(self, before: Mapping[str, bytes], after: Mapping[str, bytes]) -> dict[str, bytes]: ...
    def minimum_python(self, path: str) -> tuple[int, int] | None: ...
    def overlay(self, files: Mapping[str, bytes | None]) -> World: ...




@functools.cache
def word_pattern(words: tuple[str, ...]) -> re.Pattern[bytes]:
    """Whole words as `git grep -w` means them: neither side touches an ASCII letter, digit or underscore."""
    alternatives = b"|".join(re.escape(w.encode()) for w in words)
    return re.compile(rb"(?<![A-Za-z0-9_])(?:" + alternatives + rb")(?![A-Za-z0-9_])")


def matches_glob(path: str, globs: Sequence[str]) -> bool:
    name = path.rpartition("/")[2]
    return any(fnmatchcase(path if "/" in g else name, g) for g in globs)


CONFIG_FILES = (
    "pyproject.toml", "setup.cfg", "setup.py", "pytest.ini", ".pytest.ini", "pytest.toml", ".pytest.toml", "tox.ini",
    "ruff.toml", ".ruff.toml", ".pre-commit-config.yaml", "requirements*.txt", "*requirements.txt", "requirements*.in",
    "uv.lock", "poetry.lock", "Pipfile", "environment.yml",
)  # fmt: skip


class MemoryWorld:
    """Files in a dictionary, tasks in this process, no formatter."""

    def __init__(
        self,
        files: Mapping[str, bytes],
        services: Services,
        minimum: Callable[[Project, str], tuple[int, int] | None] = lambda project, path: None,
    ) -> None:
        self.files = dict(files)
        self.services = services
        self._minimum = minimum

    @functools.cached_property
    def _project(self) -> Project:
        texts = {p: d.decode("utf-8", "replace") for p, d in self.files.items() if matches_glob(p, CONFIG_FILES)}
        return Project(tuple(sorted(p for p in self.files if p.endswith((".py", ".pyi")))), texts)

    def project(self) -> Project:
        return self._project

    def search(self, words: Sequence[str], globs: Sequence[str]) -> set[str]:
        named = {p for p in self.files if matches_glob(p, globs)}
        if tuple(words) == ALL:
            return named
        pattern = word_pattern(tuple(words))
        return {p for p in named if pattern.search(self.files[p])}

    def read(self, paths: Iterable[str]) -> dict[str, bytes]:
        return {p: self.files[p] for p in paths if p in self.files}

    def run(self, tasks: Sequence[Task]) -> Iterator[tuple[Task, Outcome]]:
        from .engine import work

        for task in tasks:
            yield task, work(task)

    def editable(self, path: str) -> str:
        return ""

    def format(self, before: Mapping[str, bytes], after: Mapping[str, bytes]) -> dict[str, bytes]:
        return {}

    def minimum_python(self, path: str) -> tuple[int, int] | None:
        return self._minimum(self.project(), path)

    def overlay(self, files: Mapping[str, bytes | None]) -> MemoryWorld:
        merged = {p: d for p, d in (self.files | dict(files)).items() if d is not None}
        return MemoryWorld(merged, self.services, self._minimum)


"""One run of the command, as its processes noted it down: the outcome of each test, or an exit code alone."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

State = Literal["passed", "failed", "skipped", "xfailed"]
LATE = 124  # the exit code of a command that was ended because it took too long
_BROKEN = "could not import"  # what pytest.importorskip says


@dataclass(frozen=True)
class Result:
    """What became of a test, or of a file that was collected."""

    state: State
    text: str = ""  # of a failure
    early: bool = False  # skipped before it began, as a marker does it


@dataclass(frozen=True)
class Ran:
    """What one run of the command gave."""

    code: int
    seconds: float = 0.0
    output: str = ""  # its end
    root: str = ""  # where the names of tests begin, below the worktree
    per_test: bool = False  # pytest told of each test; else only the exit code is known
    complete: bool = False  # pytest came to its own end
    tests: Mapping[str, Result] = field(default_factory=dict)
    files: Mapping[str, Result] = field(default_factory=dict)  # that could not be collected, or were skipped whole
    running: tuple[str, ...] = ()  # tests that had begun when it ended
    crash: str = ""
    modules: frozenset[tuple[str, str]] = frozenset()  # of the project: dotted name and real file
    pythons: frozenset[tuple[str, str, tuple[str, ...]]] = frozenset()  # program, version, its folders of packages

    @property
    def passed(self) -> int:
        return sum(test.state == "passed" for test in self.tests.values())

    @property
    def failed(self) -> dict[str, str]:
        """The tests and files that failed, each with its report."""
        return {name: t.text for name, t in (*self.tests.items(), *self.files.items()) if t.state == "failed"}

    def file_of(self, test: str) -> str:
        """The file of a test, below the top of the worktree."""
        return posixpath.normpath(posixpath.join(self.root, test.partition("::")[0]))


def read_run(records: Path, tree: Path, code: int, seconds: float, output: str) -> Ran:
    """Put together what the processes of a run left in a folder."""
    modules: set[tuple[str, str]] = set()
    pythons: set[tuple[str, str, tuple[str, ...]]] = set()
    told: list[dict[str, Any]] = []
    for file in sorted(records.iterdir()):
        if file.name.startswith("modules-"):
            for line in _lines(file):
                modules.update((name, place) for name, place in line["modules"])
                pythons.add((line["python"], line["version"], tuple(line["places"])))
        elif file.name.startswith("tests-"):
            told += _lines(file)
    found = _Reader()
    for line in told:
        found.take(line)
    return Ran(
        code=code,
        seconds=seconds,
        output=output,
        root=_below(found.root, tree),
        per_test=bool(told),
        complete=found.end is not None,
        tests=found.tests,
        files=found.files,
        running=tuple(found.running),
        crash=found.crash,
        modules=frozenset(modules),
        pythons=frozenset(pythons),
    )


class _Reader:
    def __init__(self) -> None:
        self.tests: dict[str, Result] = {}
        self.files: dict[str, Result] = {}
        self.running: dict[str, None] = {}
        self.root = ""
        self.crash = ""
        self.end: int | None = None

    def take(self, line: dict[str, Any]) -> None:
        match line:
            case {"root": str(root)}:
                self.root = root
            case {"start": str(name)}:
                self.running[name] = None
            case {"done": str(name)}:
                self.running.pop(name, None)
            case {
                "test": str(name),
                "state": "passed" | "failed" | "skipped" | "xfailed" as state,
                "when": when,
                "text": text,
            }:
                self._test(name, Result(state=state, text=text, early=when == "setup" and _BROKEN not in text))
            case {"collected": str(name), "state": "failed" | "skipped" as state, "text": text}:
                self.files[name or "(collection)"] = Result(state=state, text=text)
            case {"crash": str(text)}:
                self.crash = text
            case {"end": int(code)}:
                self.end = code

    def _test(self, name: str, new: Result) -> None:
        """What fails in any part of it has failed."""
        old = self.tests.get(name)
        if old is None or old.state != "failed":
            self.tests[name] = new
        elif new.state == "failed":
            self.tests[name] = Result(state="failed", text=f"{old.text}\n{new.text}")


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    """The lines of a record, but for one that its process did not finish."""
    for line in file.read_bytes().splitlines():
        try:
            found = json.loads(line.decode("utf-8", "surrogateescape"))
        except ValueError:
            continue
        if isinstance(found, dict):
            yield found


def _below(root: str, tree: Path) -> str:
    try:
        return Path(root).resolve().relative_to(tree.resolve()).as_posix() if root else ""
    except ValueError:
        return ""

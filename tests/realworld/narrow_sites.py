"""The handlers of a repository's files, and what narrow-except made of them."""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))

from corpus import ENV, git
from sdists import CACHE, Sdist, unpack

from codemods.engine.source import Source
from codemods.engine.values import Unreadable

CODEMOD = Path(sys.executable).with_name("codemod")
NAME = "narrow-except"
HOME = CACHE / "narrow"
UNKNOWN = "N01-unknown"
ALONE = re.compile(
    r"^`([^`]+)`(?!.*\(and \d+ more\))"
)  # the callee of which it is not known what it raises, where it is one
KEPT = {".py", ".pyi", ".toml", ".ini", ".cfg"}
VENDORED = {"vendor", "_vendor", "vendored", "third_party"}
TESTS = {"test", "tests", "testing", "unittests", "unit", "integration"}


@dataclass(frozen=True, eq=False)
class Handler:
    """One `except` of a file; its number stays as it is whatever is written behind the word."""

    number: int
    node: ast.ExceptHandler
    statement: ast.Try | ast.TryStar

    @property
    def types(self) -> tuple[str, ...]:
        """What it names, as it is written; nothing for a bare one."""
        match self.node.type:
            case None:
                return ()
            case ast.Tuple(elts=elements):
                return tuple(map(ast.unparse, elements))
            case node:
                return (ast.unparse(node),)


def read(path: str, data: bytes) -> Source | None:
    """A file as text and tree; None where this Python cannot parse it."""
    file = Source(path, data)
    try:
        file.tree  # noqa: B018
    except Unreadable:
        return None
    return file


def handlers(file: Source) -> list[Handler]:
    found = []
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Try | ast.TryStar):
            for handler in node.handlers:
                found.append(Handler(number=len(found), node=handler, statement=node))
    return found


def is_test(path: str) -> bool:
    *folders, name = path.split("/")
    return (
        bool(TESTS & {*folders})
        or name.startswith("test_")
        or name.endswith(("_test.py", "_tests.py", "conftest.py"))
    )


def repository(sdist: Sdist, checkout: str = "") -> Path:
    """A project's Python files and settings as a repository with one commit, on `main`."""
    folder = HOME / (f"{sdist.name}-checkout" if checkout else sdist.label)
    if not (folder / ".git" / "built").exists():
        shutil.rmtree(folder, ignore_errors=True)
        source = Path(checkout) if checkout else unpack(sdist, HOME / "unpacked" / sdist.label)
        for path in sorted(source.rglob("*")):
            if path.suffix in KEPT and path.is_file() and not path.is_symlink() and ".git" not in path.parts:
                copy = folder / path.relative_to(source)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, copy)
        git(folder, "init", "-q", "-b", "main")
        git(folder, "add", "--all", "--force")
        git(folder, "commit", "-qm", sdist.label)
        (folder / ".git" / "built").touch()
    git(folder, "checkout", "-qf", "main")
    return folder


def files(folder: Path, word: bytes = b"except") -> Iterator[Source]:
    """The Python files of what is checked out that hold a word and can be parsed, but for tests and what is left out by default."""
    for path in git(folder, "ls-files", "-z", "*.py").split("\0"):
        if path and not is_test(path) and not VENDORED & {*path.split("/")[:-1]} and (folder / path).is_file():
            data = (folder / path).read_bytes()
            if word in data and (file := read(path, data)):
                yield file


def run(folder: Path, *arguments: str) -> tuple[dict[str, Any], float]:
    """The codemod on what is checked out there; its report and the seconds that it took."""
    command = [CODEMOD, "run", NAME, "--format", "off", "--timeout", "600", "--output-format", "json", *arguments]
    start = time.monotonic()
    done = subprocess.run(command, cwd=folder, env=ENV, capture_output=True, text=True)
    seconds = time.monotonic() - start
    if done.returncode not in (0, 3):
        raise SystemExit(f"error: {folder}: exit code {done.returncode}: {done.stderr[-900:]}")
    report: dict[str, Any] = json.loads(done.stdout)
    return report, seconds


def at(report: dict[str, Any]) -> dict[tuple[str, int], list[dict[str, Any]]]:
    """What a report says of each line: changes (with `safety`) and skips (with `code`)."""
    found: dict[tuple[str, int], list[dict[str, Any]]] = {}
    (step,) = report["steps"]
    for change in step["changes"]:
        for part in change["parts"]:
            told = {**part, "key": change["key"], "state": change["state"], "safety": change["safety"]}
            found.setdefault((part["path"], part["line"]), []).append(told)
    for skip in step["skips"]:
        found.setdefault((skip["path"], skip["line"]), []).append(skip)
    return found

"""Where the command runs: a worktree, what is lent to the processes there, and one run after another."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .. import programs
from ..errors import UsageError, VerifyFailed
from ..git import Repository
from ..terminal import line, quoted
from ..trees import to_bytes
from . import guard, inside
from .command import Command, environment, make_command, split_words
from .layout import Layout
from .ran import LATE, Ran, read_run
from .values import Asked
from .worktree import Worktree, worktree

_TAIL = 20_000  # bytes of the output that are kept
_SITE = "import codemod_verify\n\ncodemod_verify.chain()\n"


@dataclass(frozen=True)
class Only:
    """The part of the tests that is asked for: single ones, and all of some files. `collect` are the files of both."""

    tests: frozenset[str] = frozenset()
    files: frozenset[str] = frozenset()
    collect: frozenset[str] = frozenset()


def only(base: Ran, names: Collection[str]) -> Only:
    """What to tell pytest of tests of the base: those that have results of their own by name, anything else by its file."""
    single = {name for name in names if "::" in name and (name in base.tests or "[" in name)}
    files = {base.file_of(name) for name in names if name not in single}
    return Only(
        tests=frozenset(single),
        files=frozenset(files),
        collect=frozenset(files | {base.file_of(name) for name in single}),
    )


@dataclass
class Stage:
    """One worktree in which the command runs again and again."""

    tree: Worktree
    command: Command
    layout: Layout
    inside: str  # the folder that it runs in, below the top
    variables: Mapping[str, str] = field(default_factory=dict)
    count: int = 0

    def run(self, files: Mapping[str, bytes | None], seconds: float, only: Only | None = None) -> Ran:
        """Run the command with these files in the worktree. Raises VerifyFailed when it tested other modules than those."""
        self.tree.hold(files)
        self.count += 1
        records = self.tree.scratch / f"run-{self.count}"
        records.mkdir()
        try:
            self._tell(records, only)
            cache = ("-p", "codemod_verify", "-o", f"cache_dir={records / 'cache'}")
            code, took, output = self._start(
                self.command.with_options(cache[:2] if self._without_cache else cache), seconds
            )
            ran = read_run(records, self.tree.top, code, took, output)
        finally:
            shutil.rmtree(records, ignore_errors=True)
        self._refuse_foreign(ran)
        return ran

    def set_up(self, text: str, seconds: float) -> None:
        """What the tests need before they can run. Raises VerifyFailed when it fails."""
        if text:
            words = split_words(text, "--verify-setup")
            command = make_command(words, *self._from, self.tree.repository.tree(self.tree.base).keys())
            code, _, output = self._start(command.words, seconds, command.variables, lent=False)
            if code:
                raise VerifyFailed(
                    f"--verify-setup {quoted(text)} failed ({_end(code)}): {last_line(output)}; nothing was delivered"
                )
        self.tree.settle()

    @property
    def _from(self) -> tuple[Path | None, Path, str]:
        return self.tree.repository.root, self.tree.top, self.inside

    @property
    def _without_cache(self) -> bool:
        """Whether the project turns off what `cache_dir` is a setting of."""
        off = "no:cacheprovider"
        return off in self.command.words or any(off in text for text in self.layout.project.texts.values())

    def _tell(self, records: Path, only: Only | None) -> None:
        root = self.tree.repository.root
        told: dict[str, Any] = {
            "tree": os.path.realpath(self.tree.top),
            "origin": os.path.realpath(root) if root else "",
            "names": {name: list(roots) for name, roots in self.layout.names.items()},
            "records": str(records),
            "only": None,
        }
        if only is not None:
            told["only"] = {"tests": sorted(only.tests), "files": sorted(only.files), "collect": sorted(only.collect)}
        (self._lent / "settings.json").write_text(json.dumps(told), "utf-8", "surrogateescape")

    @property
    def _lent(self) -> Path:
        return self.tree.scratch / "lent"

    def _start(
        self, words: tuple[str, ...], seconds: float, variables: Mapping[str, str] | None = None, lent: bool = True
    ) -> tuple[int, float, str]:
        root, top, inner = self._from
        roots = [top / name for name in self.layout.path_roots] if lent else []
        asked = self.command.variables if variables is None else variables
        env = environment(asked, self._lent if lent else None, roots, root, top, top / inner)
        output = self.tree.scratch / "output"
        guarded = [sys.executable, "-I", "-S", guard.__file__, str(os.getpid()), str(output), *words]
        began = time.monotonic()
        try:
            code = programs.run(
                [to_bytes(word) for word in guarded],
                top / inner,
                env,
                timeout=max(seconds, 0.1),
                family=True,
                whole=lent,
            ).returncode
        except subprocess.TimeoutExpired:
            code = LATE
        return code, time.monotonic() - began, _tail(output)

    def _refuse_foreign(self, ran: Ran) -> None:
        """The project's modules must have come from the worktree: else the tests were about something else."""
        top = os.path.realpath(self.tree.top) + os.sep
        root = self.tree.repository.root
        origin = os.path.realpath(root) + os.sep if root else "\0"
        for name, place in sorted(ran.modules):
            if place.startswith(top) or "__pycache__" in place:
                continue
            in_checkout = place.startswith(origin) and not inside.of_environment(place[len(origin) :])
            if in_checkout or (self.layout.is_ours(name) and os.path.isfile(place)):
                raise VerifyFailed(
                    f"the tests import {line(name)} from {quoted(place)} and not from the worktree with the changes "
                    "(or start a Python with -I or without PYTHONPATH that would); "
                    "run them in an environment where the project is installed from there "
                    "(--verify-setup), or not at all; nothing was delivered"
                )


@contextlib.contextmanager
def open_stage(
    repository: Repository, base: str, asked: Asked, layout: Layout, inside_folder: str
) -> Iterator[Stage]:
    """Lend a stage for a commit. Raises VerifyFailed where there can be none."""
    with worktree(repository, base, asked.copies) as tree:
        if not (tree.top / inside_folder).is_dir():
            raise UsageError(f"{inside_folder} is not a folder of {base[:12]}, and the command runs there")
        command = make_command(asked.command, repository.root, tree.top, inside_folder, repository.tree(base).keys())
        stage = Stage(tree=tree, command=command, layout=layout, inside=inside_folder)
        stage._lent.mkdir()
        shutil.copyfile(inside.__file__, stage._lent / "codemod_verify.py")
        (stage._lent / "sitecustomize.py").write_text(_SITE)
        yield stage


def _end(code: int) -> str:
    return "it took too long" if code == LATE else f"exit code {code}"


def last_line(output: str) -> str:
    """The last line of an output that says something; of a usage error the one with the error."""
    lines = [found for text in output.splitlines() if (found := text.strip(" =\t"))]
    wrong = [found for found in lines[-6:] if re.match(r"\S+: error: ", found)]
    return line((wrong or lines)[-1]) if lines else "it said nothing"


def _tail(output: Path) -> str:
    try:
        with output.open("rb") as file:
            file.seek(max(0, output.stat().st_size - _TAIL))
            return file.read().decode("utf-8", "replace")
    except OSError:
        return ""

"""What a step does with a suite's repository: take something out, run a codemod onto a branch."""

from __future__ import annotations

import dataclasses
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))

from corpus import ENV, git
from suites import SUITES, Step, Suite

CODEMOD = Path(sys.executable).with_name("codemod")
BRANCH = "codemod/realworld"


def _strip_asyncio(text: str) -> str:
    return re.sub(r"(?m)^[ \t]*@pytest\.mark\.asyncio(\(\))?[ \t]*\n", "", text)


def take_out(text: str) -> str:
    """The text with MagicMock wherever it says AsyncMock: as long, so that everything stays where it is."""
    return re.sub(r"\bAsyncMock\b", "MagicMock", text)


PREPARE: dict[str, Callable[[str], str]] = {
    "strip-asyncio": _strip_asyncio,
    "no-async-mock": take_out,
}


def prepare(folder: Path, step: Step) -> str:
    """The commit to run on: `main`, or a branch where the step's work was taken out again."""
    if not step.prepare:
        return "main"
    git(folder, "checkout", "-qB", f"prepared-{step.prepare}", "main")
    for path in folder.rglob("*.py"):
        text = path.read_bytes().decode("utf-8", "surrogateescape")
        new = PREPARE[step.prepare](text)
        if new != text and not path.is_symlink():
            path.write_bytes(new.encode("utf-8", "surrogateescape"))
    git(folder, "commit", "-qam", step.prepare)
    git(folder, "checkout", "-qf", "main")
    return f"prepared-{step.prepare}"


def command(folder: Path, step: Step, base: str) -> subprocess.CompletedProcess[str]:
    """Run one codemod on a commit, onto a branch of its own."""
    line = [str(CODEMOD), "run", step.codemod, *step.arguments, "--format", "off"]
    line += ["--output-format", "json"] * (step.prepare == "no-async-mock")
    git(folder, "checkout", "-qf", base)
    done = subprocess.run([*line, "--branch", BRANCH, "--force"], cwd=folder, env=ENV, capture_output=True, text=True)
    git(folder, "checkout", "-qf", "main")
    return done


def apply(folder: Path, step: Step, base: str) -> str:
    """The branch with what one codemod makes of a commit; the commit where that is nothing."""
    done = command(folder, step, base)
    if done.returncode not in (0, 3):
        raise SystemExit(f"error: exit code {done.returncode}: {(done.stdout + done.stderr).strip()[-400:]}")
    return BRANCH if git(folder, "branch", "--list", BRANCH) else base


def known_suites(checkouts: Iterable[str] = ()) -> dict[str, Suite]:
    """All suites by name; NAME=DIR says where the source of one is."""
    known = {suite.sdist.name: suite for suite in SUITES}
    for text in checkouts:
        name, _, place = text.partition("=")
        known[name] = dataclasses.replace(known[name], checkout=str(Path(place).resolve()))
    return known

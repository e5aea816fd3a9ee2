"""The command that was typed: where pytest stands in it, which program it is, what its processes see."""

from __future__ import annotations

import os
import re
import shlex
import shutil
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import UsageError, VerifyFailed
from ..git import FOREIGN
from ..terminal import quoted

_PYTEST = re.compile(r"(?:pytest|py\.test)(?:-?3(?:\.\d+)?)?(?:\.exe)?")
_PYTHON = re.compile(r"(?:python|pypy)[\d.]*(?:\.exe)?")
_RUNNERS = {  # programs that run what follows, with the word that says so and their options that take a word
    **dict.fromkeys(("uv", "poetry", "pdm", "pipenv", "hatch", "rye", "pixi", "coverage"), "run"),
    **dict.fromkeys(("env", "xvfb-run", "nice", "time"), ""),
}
_WITH_A_WORD = {
    "uv": {"--with", "--extra", "--group", "--python", "-p", "--package", "--env-file", "--directory", "--project"},
    "coverage": {"--source", "--rcfile", "--data-file", "--omit", "--include", "--concurrency", "--context"},
    "nice": {"-n"},
    "env": {"-u"},
}
_ASSIGNMENT = re.compile(r"([A-Za-z_]\w*)=(.*)", re.DOTALL)
_INNER = re.compile(r"PYTEST_CURRENT_TEST|PYTEST_XDIST_\w+|PYTEST_VERSION|CODEMOD_\w+|_CODEMOD_COMPLETE")


def split_words(text: str, option: str) -> tuple[str, ...]:
    """The words of a command as a shell would split them; no shell runs it. Raises UsageError."""
    try:
        words = tuple(shlex.split(text))
    except ValueError as error:
        raise UsageError(f"{option} {quoted(text)}: {str(error).lower()}") from None
    if not words:
        raise UsageError(f"{option}: no command is given")
    if odd := next((w for w in words if w in ("&&", "||", "|", ";", ">", "<", "&")), ""):
        raise UsageError(f"{option}: {odd!r} is for a shell, and none runs this; write a script, or: sh -c '…'")
    return words


def place_of_pytest(words: Sequence[str]) -> int | None:
    """Behind which word the options of pytest begin; None where the command is not plainly pytest."""
    at = 0
    while at < len(words):
        name = words[at].replace("\\", "/").rpartition("/")[2]
        if _PYTEST.fullmatch(name):
            return at + 1
        if _PYTHON.fullmatch(name):
            return _behind_module(words, at + 1)
        if _ASSIGNMENT.fullmatch(words[at]):
            at += 1
        elif name in _RUNNERS:
            runs = _RUNNERS[name]
            at = _behind_options(words, at + 1, name)
            if runs:
                if at >= len(words) or words[at] != runs:
                    return None
                if name == "coverage":
                    return _behind_module(words, at + 1, _WITH_A_WORD["coverage"])
                at = _behind_options(words, at + 1, name)
        else:
            return None
    return None


def _behind_options(words: Sequence[str], at: int, program: str) -> int:
    taking = _WITH_A_WORD.get(program, set())
    while at < len(words) and words[at].startswith("-"):
        if words[at] == "--":
            return at + 1
        at += 2 if words[at] in taking else 1
    return at


def _behind_module(words: Sequence[str], at: int, taking: Collection[str] = ("-W", "-X")) -> int | None:
    """Where the arguments of `-m pytest` begin, behind options of Python or coverage."""
    while at < len(words) and words[at].startswith("-"):
        if words[at] == "-m":
            return at + 2 if words[at + 1 : at + 2] and _PYTEST.fullmatch(words[at + 1]) else None
        at += 2 if words[at] in taking else 1
    return None


@dataclass(frozen=True)
class Command:
    """What runs in the worktree. `pytest` is the place for options of ours; None: only the exit code is known."""

    words: tuple[str, ...]
    variables: Mapping[str, str] = field(default_factory=dict)  # `NAME=value` words in front
    pytest: int | None = None

    def with_options(self, options: Sequence[str]) -> tuple[str, ...]:
        """The words, with more options of pytest."""
        if self.pytest is None:
            return self.words
        return (*self.words[: self.pytest], *options, *self.words[self.pytest :])


def make_command(
    words: Sequence[str], top: Path | None, tree: Path, inside: str, tracked: Collection[str]
) -> Command:
    """The command as it runs in the folder `inside` of the worktree, for a user who stands there in the checkout.

    A program that is named by a path, and is not among the project's files, is that of the checkout (`.venv/bin/pytest`).
    An absolute path to a tracked file, or to a folder of such, means the one in the worktree.
    """
    rest = list(words)
    variables = {}
    while rest and (match := _ASSIGNMENT.fullmatch(rest[0])):
        variables[match[1]] = match[2]
        rest.pop(0)
    if not rest or not rest[0]:
        what = "only made of variables" if variables else "empty"
        raise UsageError(f"the command to verify with is {what}")
    folders = {folder for path in tracked for folder in _above(path)}
    if top is not None:
        rest = [_moved(word, top, tree, tracked, folders) for word in rest]
        program = rest[0]
        if "/" in program and not os.path.isabs(program) and not (tree / inside / program).exists():
            rest[0] = os.path.normpath(top / inside / program)
    if not (shutil.which(rest[0]) if "/" not in rest[0] else (tree / inside / rest[0]).exists()):
        advice = "activate the project's environment, or name the program by its path"
        raise VerifyFailed(f"{quoted(rest[0])}: there is no such program; {advice}; nothing was delivered")
    return Command(words=tuple(rest), variables=variables, pytest=place_of_pytest(rest))


def _moved(word: str, top: Path, tree: Path, tracked: Collection[str], folders: Collection[str]) -> str:
    path, colon, rest = word.partition("::")
    if not os.path.isabs(path):
        return word
    inner = os.path.relpath(os.path.normpath(path), top).replace(os.sep, "/")
    known = inner == "." or inner in tracked or inner in folders
    return f"{tree / inner}{colon}{rest}" if known else word


def _above(path: str) -> list[str]:
    return [path[: match.start()] for match in re.finditer("/", path)]


def environment(
    variables: Mapping[str, str], lent: Path | None, roots: Sequence[Path], top: Path | None, tree: Path, cwd: Path
) -> dict[str, str]:
    """What the command's processes see: the user's own environment, with the worktree in place of the checkout."""
    found = {
        name: value
        for name, value in os.environ.items()
        if not (FOREIGN.fullmatch(name) or _INNER.fullmatch(name) or name == "PYTHONSAFEPATH")
    }
    found |= variables
    given = [_led(place, top, tree) for place in found.get("PYTHONPATH", "").split(os.pathsep) if place]
    path = dict.fromkeys([*([str(lent)] if lent else []), *map(str, roots), *given])
    found.pop("PYTHONPATH", None)
    found |= {"PWD": str(cwd), "GIT_LFS_SKIP_SMUDGE": "1"} | ({"PYTHONPATH": os.pathsep.join(path)} if path else {})
    found.setdefault("PYTHONHASHSEED", "0")
    return found


def _led(place: str, top: Path | None, tree: Path) -> str:
    if top is not None and (Path(place) == top or Path(place).is_relative_to(top)):
        return str(tree / Path(place).relative_to(top))
    return place

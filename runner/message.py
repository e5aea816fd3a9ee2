"""The commit message of a step: the repository's habit, what ran, how to repeat it, trailers."""

from __future__ import annotations

import re
import shlex
import textwrap
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache

from codemods.engine.values import Change

from .git import Repository
from .markdown import defused
from .moved import Moved
from .outcome import Done, Report, State
from .terminal import line, printable, quoted
from .undo.records import BLAME_LIST

HINT = f"git config blame.ignoreRevsFile {BLAME_LIST}"  # without that git blame reads no list
_CONVENTIONAL = re.compile(r"(build|chore|ci|docs|feat|fix|perf|refactor|revert|style|test)(\([^)]*\))?!?: \S")


def commit_message(
    repository: Repository,
    base: str,
    report: Report,
    done: Done,
    number: tuple[int, int] = (1, 1),
    *,
    paths: Collection[str] | None = None,
    trailers: Sequence[str] = (),
) -> str:
    """Subject, what was done and left alone, the command, `Codemod:` and `Codemod-Plan:` trailers.

    `number` is that of the commit among those of its step. With `paths` it is about these files alone, which hold all
    of a change or nothing of it.
    """
    codemod = done.step.spec.codemod()
    subject = codemod.subject()
    if number[1] > 1:
        subject += " ({} of {})".format(*number)
    if uses_conventional_commits(repository, base):
        subject = f"refactor: {subject[:1].lower()}{subject[1:]}"
    applied = _about(done.composed.applied, paths)
    files = sum(paths is None or path in paths for path in done.composed.files)
    counts = f"{plural(len(applied), 'change')} in {plural(files, 'file')}"
    moved = done.moved if paths is None else Moved.of(applied)
    counts += "".join(f"; {told}" for told in moved.told)
    for state, told in _LEFT.items():
        if found := _about(done.in_state(state), paths):
            counts += f"; {plural(len(found), 'change')} {told}"
    if skips := [skip for skip in done.skips if paths is None or skip.path in paths]:
        counts += f"; {plural(len(skips), 'place')} left alone"
    unsafe = [line(f"- {defused(f'{quoted(c.parts[0].path)}: {c.reason}')}") for c in applied if c.safety != "safe"]
    paragraphs = [subject, counts + "."]
    if unsafe:
        paragraphs.append("May change behaviour, please review:\n" + "\n".join(unsafe[:50]))
    paragraphs.append(printable(f"To repeat: {shlex.join(['codemod', *report.plan.command])}"))
    ending = (f"Codemod: {codemod.name} {codemod.version}", *trailers, f"Codemod-Plan: {report.plan.hash}")
    paragraphs.append("\n".join(ending))
    wrapped = [p if "\n" in p or p.startswith("To repeat") else textwrap.fill(p, 72) for p in paragraphs[1:]]
    return "\n\n".join([paragraphs[0], *wrapped]) + "\n"


_LEFT: Mapping[State, str] = {
    "pending": "left for review",
    "rejected": "rejected in review",
    "excluded": "left out, tests fail with them",
}


def _about(changes: Iterable[Change], paths: Collection[str] | None) -> list[Change]:
    """The changes that are about these files."""
    return [c for c in changes if paths is None or any(path in paths for path in c.places)]


@lru_cache(8)
def uses_conventional_commits(repository: Repository, base: str) -> bool:
    """Whether most of the last commits have a subject like `fix(scope): …`."""
    out = repository.run(
        "log", "-30", "--no-merges", "--no-show-signature", "--format=%s", "--end-of-options", base
    ).out
    subjects = [s for s in out.decode("utf-8", "replace").splitlines() if s]
    return len(subjects) >= 3 and sum(bool(_CONVENTIONAL.match(s)) for s in subjects) * 2 > len(subjects)


def plural(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"

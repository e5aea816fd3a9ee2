"""The commit message of a step: the repository's habit, what ran, how to repeat it, trailers."""

from __future__ import annotations

import re
import shlex
import textwrap

from .git import Repository
from .outcome import Done, Report
from .steps import stages
from .terminal import line, printable, quoted
from .undo.records import BLAME_LIST

HINT = f"git config blame.ignoreRevsFile {BLAME_LIST}"  # without that git blame reads no list
_CONVENTIONAL = re.compile(r"(build|chore|ci|docs|feat|fix|perf|refactor|revert|style|test)(\([^)]*\))?!?: \S")


def commit_message(repository: Repository, base: str, report: Report, done: Done, stage: int = 1) -> str:
    """Subject, what was done and left alone, the command, `Codemod:` and `Codemod-Plan:` trailers."""
    codemod = done.step.spec.codemod()
    subject = codemod.subject()
    if count := len(stages(done.composed)) - 1:
        subject += f" ({stage} of {count + 1})"
    if uses_conventional_commits(repository, base):
        subject = f"refactor: {subject[:1].lower()}{subject[1:]}"
    files = len(done.composed.files)
    counts = f"{plural(len(done.composed.applied), 'change')} in {plural(files, 'file')}"
    counts += "".join(f"; {told}" for told in done.moved.told)
    if done.pending:
        counts += f"; {plural(len(done.pending), 'change')} left for review"
    if rejected := done.in_state("rejected"):
        counts += f"; {plural(len(rejected), 'change')} rejected in review"
    if excluded := done.in_state("excluded"):
        counts += f"; {plural(len(excluded), 'change')} left out, tests fail with them"
    if done.skips:
        counts += f"; {plural(len(done.skips), 'place')} left alone"
    unsafe = [line(f"- {quoted(c.parts[0].path)}: {c.reason}") for c in done.composed.applied if c.safety != "safe"]
    paragraphs = [subject, counts + "."]
    if unsafe:
        paragraphs.append("May change behaviour, please review:\n" + "\n".join(unsafe[:50]))
    paragraphs.append(printable(f"To repeat: {shlex.join(['codemod', *report.plan.command])}"))
    paragraphs.append(f"Codemod: {codemod.name} {codemod.version}\nCodemod-Plan: {report.plan.hash}")
    wrapped = [p if "\n" in p or p.startswith("To repeat") else textwrap.fill(p, 72) for p in paragraphs[1:]]
    return "\n\n".join([paragraphs[0], *wrapped]) + "\n"


def uses_conventional_commits(repository: Repository, base: str) -> bool:
    """Whether most of the last commits have a subject like `fix(scope): …`."""
    out = repository.run(
        "log", "-30", "--no-merges", "--no-show-signature", "--format=%s", "--end-of-options", base
    ).out
    subjects = [s for s in out.decode("utf-8", "replace").splitlines() if s]
    return len(subjects) >= 3 and sum(bool(_CONVENTIONAL.match(s)) for s in subjects) * 2 > len(subjects)


def plural(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"

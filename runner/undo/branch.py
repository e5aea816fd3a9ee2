"""Take back a run that made a branch: delete the branch, or revert what a merge, a squash or a rebase brought to HEAD."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ..branches import checked_out
from ..deliver import Commit, deliver, take_away
from ..errors import UsageError
from ..git import Repository
from ..message import plural, uses_conventional_commits
from ..terminal import line, quoted
from ..trees import to_path
from . import runs
from .reverse import Left, Reversal, glance, reverse
from .runs import BranchRun, commits_of

_TOLD = 50  # places that a commit message lists
_Reverser = Callable[[Repository, str, str, str], Reversal]


@dataclass(frozen=True)
class _Brought:
    """A run as HEAD has it."""

    run: BranchRun
    head: str
    by: tuple[str, ...]  # the commits that brought it, where they are known
    reversal: Reversal


@dataclass(frozen=True)
class Outlook:
    """What an undo of a run would do now."""

    does: Literal["delete", "put back", "revert", "nothing"]
    told: str  # as the list has it
    refused: str = ""  # why it would do nothing
    brought: _Brought | None = None


@dataclass(frozen=True)
class Undone:
    """What one undo did: lines for the person, and what was left."""

    lines: tuple[str, ...]
    left: tuple[Left, ...] = ()
    interrupted: int = 0  # the signal that came meanwhile, 0 if none did


def look(repo: Repository, run: BranchRun, reverse: _Reverser = glance) -> Outlook:
    """Where a run is now: in HEAD, else on its branch as it left it, else out of reach."""
    head, now = repo.head(), runs.position(repo, run.branch)
    here = runs.is_here(repo, run)
    on_it = _head_branch(repo) == run.branch and head == run.tip
    if head and not on_it and (found := _in_head(repo, run, head, here, reverse)):
        return found
    if now is None:
        if not here and not run.rewritten:
            return _nothing("gone", "its commits are not here any more, and HEAD has no commit of this run")
        what = f"branch {run.branch} is gone" if run.branch else "it is on no branch here"
        return _nothing(what, f"{what}, and HEAD holds none of its changes")
    if now != run.tip:
        why = f"branch {run.branch} is not where the run left it, at {run.tip[:12]}, but at {now[:12]}"
        advice = f"to drop what is there: git branch -D {shlex.quote(run.branch)}"
        return _nothing(f"branch {run.branch} moved since", f"{why}, and HEAD holds none of its changes; {advice}")
    if run.rewritten or not here:
        why = f"branch {run.branch} was amended or rebased since codemod wrote it"
        return _nothing(why, f"{why}; to drop it: git branch -D {shlex.quote(run.branch)}")
    if where := checked_out(repo).get(run.branch, ""):
        why = f"branch {run.branch} is checked out in {where}"
        return _nothing(f"branch {run.branch} is checked out", f"{why}; switch that to another branch first")
    if run.replaced is None:
        return Outlook("delete", f"branch {run.branch}, not merged: would be deleted")
    if not _exists(repo, run.replaced):
        why = f"what branch {run.branch} held before, {run.replaced[:12]}, is not here any more"
        return _nothing(why, f"{why}; to drop it: git branch -D {shlex.quote(run.branch)}")
    return Outlook("put back", f"branch {run.branch}, not merged: would go back to {run.replaced[:12]}")


def _nothing(told: str, refused: str) -> Outlook:
    return Outlook("nothing", told, refused)


def _in_head(repo: Repository, run: BranchRun, head: str, here: bool, reverse: _Reverser) -> Outlook | None:
    """Whether HEAD has the run: by the very commits, by the trailer, or by what stands in the files."""
    since = [head, *([f"^{run.base}"] if here else [])]
    merged: tuple[str, ...] = ()
    how = "in HEAD"
    if here and repo.run("merge-base", "--is-ancestor", run.tip, head).code == 0:
        merged = run.commits
    elif told := runs.of_plan(repo, run.plan, *since):
        merged, how = tuple(t.oid for t in reversed(told)), "in HEAD by other commits"
        if not (here or run.rewritten):
            run = replace(runs.by_plan(repo, run.plan), branch=run.branch, name=run.name, folder=run.folder)
    elif not here:
        return None
    reversal = reverse(repo, run.base, run.tip, head)
    if not reversal.there and (by := _undone_by(repo, run, since)):
        return _nothing(f"taken back by {by}", f"{by} has taken it back")
    if merged and not (reversal.there or reversal.left):
        return _nothing("not in HEAD any more", "HEAD holds none of its changes any more")
    if not merged and reversal.there <= reversal.before:
        return None
    how = how if merged else "in HEAD by its content"
    brought = _Brought(run=run, head=head, by=merged, reversal=reversal)
    return Outlook("revert", f"{how}: would be reverted on a branch", brought=brought)


def take_back(repo: Repository, run: BranchRun, branch: str = "", force: bool = False) -> Undone:
    """Undo a run. Raises UsageError where there is nothing to do, and why; RunFailed where git refuses."""
    if run.branch and not run.rewritten and not runs.is_here(repo, run) and _exists(repo, run.tip):
        raise UsageError(f"{run} is not to be trusted: {run.tip[:12]} has no line Codemod-Plan: {run.plan[:12]}…")
    seen = look(repo, run, reverse)
    if seen.does == "nothing":
        raise UsageError(f"nothing to undo of {run}: {seen.refused}")
    if seen.brought:
        return _revert(repo, seen.brought, branch or f"codemod/undo-{run.name}", force)
    old, name = run.tip, shlex.quote(run.branch)
    runs.begin(run)
    to = run.replaced if seen.does == "put back" else None
    came = take_away(repo, run.branch, old, to, f"codemod: undo {run}")
    runs.forget(run)
    if to:
        told = f"branch {run.branch} is at {to[:12]} again, as before {run}; get it back with: git branch -f {name} {old[:12]}"
    else:
        told = f"branch {run.branch} of {run} is deleted; get it back with: git branch {name} {old[:12]}"
    return Undone((told, *_remotes(repo, run), *_elsewhere(repo, run)), interrupted=came)


def _revert(repo: Repository, brought: _Brought, branch: str, force: bool) -> Undone:
    run, reversal, head = brought.run, brought.reversal, brought.head
    if not reversal.files:
        return Undone(
            (f"nothing of {run} was taken back: later commits have touched all of it",), tuple(reversal.left)
        )
    commit = Commit(_message(repo, brought), reversal.files, reversal.modes)
    done = deliver(repo, base=head, branch=branch, commits=[commit], force=force)
    new, word = done.commits[-1], shlex.quote(branch)
    files = plural(len(reversal.files), "file")
    if not done.created:
        lines = [f"branch {branch} already holds exactly this undo ({new[:12]})"]
    else:
        lines = [
            f"branch {branch} is at {new[:12]}, it takes {run} out of {files}; your checkout was not touched",
            f"  review it: git diff {head[:12]}..{word}",
            f"  take it:   git merge {word}",
            f"  drop it:   git branch -D {word}",
        ]
    if run.rewritten:
        which = ", ".join(oid[:12] for oid in run.commits)
        lines.insert(0, f"the commits that codemod wrote are not here: all that {which} changed is taken back")
    return Undone(tuple(lines), tuple(reversal.left), done.interrupted)


def _message(repo: Repository, brought: _Brought) -> str:
    """As `git revert` has it, with what was left and our trailer."""
    run, reversal = brought.run, brought.reversal
    told = commits_of(repo, "--no-walk=unsorted", *run.commits)
    subjects = [t.subject for t in told if t.steps] or [t.subject for t in told]
    subject = f'Revert "{subjects[0]}"' if len(subjects) == 1 else f"Revert {run.name}"
    if uses_conventional_commits(repo, brought.head):
        subject = f"revert: {subjects[0] if len(subjects) == 1 else run.name}"
    paragraphs = [line(subject)]
    if brought.by:
        paragraphs.append("\n".join(f"This reverts commit {oid}." for oid in reversed(brought.by)))
    paragraphs.append(f"{plural(len(reversal.files), 'file')}; {plural(len(reversal.left), 'place')} left alone.")
    if reversal.left:
        paragraphs.append("Left as it is now:\n" + "\n".join(f"- {place(left)}" for left in reversal.left[:_TOLD]))
    paragraphs.append(f"To repeat: codemod undo {run.plan[:12]}\n\nCodemod-Undo: {run.plan}")
    return "\n\n".join(paragraphs) + "\n"


def place(left: Left) -> str:
    """A place that stays as it is, on one line."""
    return line(f"{quoted(left.path)}:{left.line}: {left.why}")


def _undone_by(repo: Repository, run: BranchRun, since: Sequence[str]) -> str:
    """The commit that took a run back; "" if none did."""
    asked = ("--fixed-strings", f"--grep=Codemod-Undo: {run.plan}", "--max-count=1", *since)
    return next((t.oid[:12] for t in commits_of(repo, *asked)), "")


def _exists(repo: Repository, oid: str) -> bool:
    return repo.run("cat-file", "-e", f"{oid}^{{commit}}").code == 0


def _head_branch(repo: Repository) -> str:
    return to_path(repo.run("symbolic-ref", "-q", "HEAD").out).strip().removeprefix("refs/heads/")


def _remotes(repo: Repository, run: BranchRun) -> Iterable[str]:
    """How to drop the branch where it was pushed to, as far as is known here."""
    out = to_path(repo.ask("for-each-ref", "--format=%(refname)", f"refs/remotes/*/{run.branch}"))
    for ref in filter(None, out.split("\n")):
        remote = ref.removeprefix("refs/remotes/").removesuffix(f"/{run.branch}")
        yield f"  it is on {remote} too: git push {shlex.quote(remote)} --delete {shlex.quote(run.branch)}"


def _elsewhere(repo: Repository, run: BranchRun) -> Iterable[str]:
    """How to revert the run where another branch has it."""
    asked = ("for-each-ref", "--count=1", f"--contains={run.tip}", "--format=%(refname:lstrip=2)", "refs/heads")
    if other := to_path(repo.ask(*asked)).strip():
        yield f"  {other} has its commits too and stays as it is; to revert them there: codemod undo {run.plan[:12]}"

"""`codemod undo`: which run is meant, of those with --in-place and those that made a branch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ..errors import UsageError
from ..place import Place
from ..terminal import printable, quoted
from . import branch as undo_branch
from . import files as undo_files
from . import runs as branch_runs
from .records import BRANCH, IN_PLACE, numbers
from .runs import BranchRun


@dataclass(frozen=True)
class Told:
    """What an undo did: lines for the person, and the exit code."""

    lines: tuple[str, ...]
    exit_code: int


def runs(where: Path) -> Iterator[str]:
    """A line for each run that is on record here, the last first, and what its undo would do."""
    here = Place.open(where)
    told = {}
    if _numbers(here, IN_PLACE):
        told = {int(text.partition(" ")[0]): text for text in undo_files.runs(here.work_tree, here.state)}
    if here.repository:
        for run in branch_runs.on_record(here.state):
            when = datetime.fromtimestamp(run.when)
            what = undo_branch.look(here.repository, run).told
            told[int(run.run)] = f"{run.run}  {when:%Y-%m-%d %H:%M}  {run.name}  {what}"
    for number in sorted(told, reverse=True):
        yield printable(told[number])


def undo(where: Path, word: str = "", branch: str = "", force: bool = False) -> Told:
    """Take back the last run, or the one that a number, a branch, a commit or a plan's hash means.

    Raises UsageError where there is nothing to undo, RunFailed where it could not be finished.
    """
    here = Place.open(where)
    if (found := _branch_run(here, word)) and here.repository:
        undone = undo_branch.take_back(here.repository, found, branch, force)
        left = [f"{undo_branch.place(one)}; left alone" for one in undone.left]
        return Told((*map(printable, undone.lines), *left), _code(undone.interrupted, undone.left))
    if branch or force:
        raise UsageError("--branch and --force are for runs that made a branch; this one was --in-place")
    done = undo_files.undo(here.work_tree, here.state, word)
    left = [f"{quoted(path)}: {why}; left alone" for path, why in done.left.items()]
    if not done.restored and (others := [n for n in _numbers(here) if str(n) != done.run]):
        left.append(f"other runs on record: {', '.join(map(str, others))}; see: codemod undo --list")
    return Told((printable(str(done)), *left), _code(done.interrupted, done.left))


def _code(interrupted: int, left: object) -> int:
    return 128 + interrupted if interrupted else 3 if left else 0


def _branch_run(here: Place, word: str) -> BranchRun | None:
    """The run to undo, if it is one that made a branch. Raises UsageError where it is none at all."""
    known = _settled(here, word)
    on_record = _numbers(here)
    if not word and on_record:
        word = str(on_record[0])
    by_number = {run.run: run for run in known}
    if word in by_number:
        return by_number[word]
    if not word or word in map(str, on_record):
        if not word and here.repository and here.repository.root is None:
            raise UsageError(f"nothing to undo in {here.where}: no run is on record here; name a branch or a commit")
        return None
    if here.repository and (found := branch_runs.named(here.repository, known, word)):
        return found
    if not on_record and not here.repository:
        return None
    told = f"on record: {', '.join(map(str, on_record))}" if on_record else "nothing is on record here"
    raise UsageError(f"there is no run {word} to undo; {told}; nor is that a branch, commit or plan of a run")


def _settled(here: Place, word: str) -> list[BranchRun]:
    """The runs that made a branch; of both kinds those are forgotten first that were killed and left nothing."""
    if here.repository is None:
        return []
    known = [run for run in branch_runs.on_record(here.state) if branch_runs.settle(here.repository, run)]
    newest, files = _numbers(here), _numbers(here, IN_PLACE)
    if known and files and not word and newest[0] == files[0]:
        with undo_files.at_work(here.state):
            undo_files.settle(here.work_tree, here.state)
    return known


def _numbers(here: Place, *kinds: str) -> list[int]:
    return numbers(here.state / "undo", kinds or (IN_PLACE, BRANCH))

"""A plan made again: what `diff`, `apply` and `verify` stand on.

A plan that was kept is data of unknown hands. So nothing of it is written: the same is planned again on its base, and
must come out as it was; then what is accepted of it is composed, formatted and checked as in any run.
"""

from __future__ import annotations

import shlex
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from codemods.engine.codemod import OptionError
from codemods.engine.registry import UnknownCodemod

from .cache import code_content
from .config import MAKING, SETTINGS, Options
from .decide import Decisions
from .disk import digest
from .errors import UsageError
from .files import CommitWorld, FileWorld
from .git import Repository
from .making import Making
from .message import plural
from .opening import opened
from .outcome import Done
from .place import Place
from .plan import FileDigests, Plan, PlannedStep
from .plans import Row, Shelf
from .repeat import Command
from .steps import digests
from .terminal import quoted

_NAMED = 3  # files in a refusal


@dataclass(frozen=True)
class Kept:
    """A plan that was kept, and where it belongs."""

    shelf: Shelf
    row: Row
    plan: Plan
    top: Path
    repository: Repository | None


def find(where: Path, asked: str) -> Kept:
    """The plan that a person names, among those of the work tree (or folder) that holds `where`. Raises UsageError."""
    here = Place.open(where)
    shelf = Shelf(here.state)
    row = shelf.find(asked)
    return Kept(shelf=shelf, row=row, plan=shelf.load(row), top=here.top, repository=here.repository)


def options_of(kept: Kept, given: Mapping[str, Any]) -> Options:
    """The options of the run that made a plan, with those that were given now. Raises UsageError."""
    for step in kept.plan.steps:
        where = step.spec.where
        # a plan that came with the repository names no code to run: only the row that this user wrote says where it lies
        if where.endswith(".py") and where not in kept.row.files.values():
            raise UsageError(
                f"plan {kept.row.id} is of a codemod file {quoted(where)} that was not run from here; run that first"
            )
        try:
            step.spec.codemod()
        except (UnknownCodemod, OptionError, TypeError) as error:
            raise UsageError(f"plan {kept.row.id}: {error}") from None
    return Options(
        specs=tuple(step.spec for step in kept.plan.steps),
        where=kept.top,
        paths=kept.plan.paths,
        title=kept.plan.name,
        asked=Command(planned=kept.plan.command),
        **{"base": kept.row.ref if kept.plan.base else "HEAD", **_settings(kept), **given},
    )


def _settings(kept: Kept) -> dict[str, Any]:
    """What a plan says of how it was made. Raises UsageError for what no codemod wrote."""
    try:
        found = {
            name: SETTINGS[name].convert(kept.plan.settings[name]) for name in MAKING if name in kept.plan.settings
        }
    except OptionError as error:
        raise UsageError(f"plan {kept.row.id} is none that codemod wrote: {error}") from None
    if found.get("in_place", False) is bool(kept.plan.base) or not kept.plan.steps:
        raise UsageError(f"plan {kept.row.id} is none that codemod wrote; plan again with codemod run NAME -n")
    return found


@contextmanager
def reopened(kept: Kept, given: Mapping[str, Any]) -> Iterator[Making]:
    """The plan's own base, to make its result again. Raises UsageError where it is not there any more."""
    options = options_of(kept, given)
    refuse_lost_base(kept)
    if kept.plan.base:
        options = replace(options, base=kept.plan.base)
    with opened(options) as world:
        yield Making(options, world, ref=kept.row.ref)


def refuse_lost_base(kept: Kept) -> None:
    """Raises UsageError where the commit of a plan is not there any more."""
    if not kept.plan.base:
        return
    try:
        if kept.repository is not None and kept.repository.resolve(kept.plan.base):
            return
    except UsageError:
        pass  # git's words speak of a revision that nobody has typed
    again = shlex.join(["codemod", *kept.plan.command, "-n"])
    raise UsageError(
        f"plan {kept.row.id} is made for commit {kept.plan.base[:12]}, which is not here any more; plan again: {again}"
    )


def made(kept: Kept, making: Making, decisions: Decisions) -> tuple[Done, ...]:
    """The plan's steps with what is accepted. Raises UsageError where they do not come out as planned."""
    done = making.steps.made(decisions.within(kept.plan))
    for step, one, files in zip(kept.plan.steps, done, digests(done, making.world), strict=True):
        if [(c.key, c.digest) for c in one.step.changes] != [(c.key, c.digest) for c in step.changes]:
            raise UsageError(f"plan {kept.row.id} would come out otherwise now: {_why(step)}; {_advice(kept)}")
        if files != step.files:
            break  # it changes more, or less, than was planned: what later steps find is judged change by change
    return done


def _why(step: PlannedStep) -> str:
    if step.code != code_content(step.spec.where):
        return f"{step.codemod} has changed since"
    return f"{step.codemod} finds something else, its configuration or that of the project has changed"


def _advice(kept: Kept) -> str:
    return f"plan again and keep the decisions: codemod apply {kept.row.id} --replan"


# ---- has the base moved on? --------------------------------------------------------------------


def refuse_moved(kept: Kept, world: FileWorld) -> str:
    """Refuse a plan whose files are not as it found them. Gives a line to say where others are.

    Raises UsageError.
    """
    if isinstance(world, CommitWorld):
        return _refuse_moved_base(kept, world.repository)
    planned: dict[str, FileDigests] = {}
    for step in reversed(kept.plan.steps):  # the first step that is about a file has found it as it lay
        planned |= step.files
    now = world.read(planned)
    _refuse(
        kept, [path for path, files in planned.items() if digest(now.get(path)) != files.input], "the plan was made"
    )
    return ""


def _refuse_moved_base(kept: Kept, repository: Repository) -> str:
    name = kept.row.ref
    now = repository.resolve(name)
    if now is None or now == kept.plan.base:
        return ""
    old, new = repository.tree(kept.plan.base), repository.tree(now)
    paths = {path for step in kept.plan.steps for path in step.files}
    moved = [path for path in sorted(paths) if old.get(path) != new.get(path)]
    _refuse(kept, moved, f"{kept.plan.base[:12]}, and {name} is {now[:12]}")
    return (
        f"{name} has moved on to {now[:12]} without touching the files of this plan; built on {kept.plan.base[:12]}"
    )


def _refuse(kept: Kept, moved: Sequence[str], since: str) -> None:
    if moved:
        raise UsageError(f"{told_files(moved)} changed since {since}; {_advice(kept)}")


def told_files(paths: Collection[str]) -> str:
    """`a.py, b.py and 3 more files have`."""
    shown = list(map(quoted, list(paths)[:_NAMED]))
    more = len(paths) - len(shown)
    names = (
        f"{', '.join(shown)} and {plural(more, 'more file')}"
        if more
        else " and ".join(filter(None, [", ".join(shown[:-1]), shown[-1]]))
    )
    return f"{names} {'has' if len(paths) == 1 else 'have'}"

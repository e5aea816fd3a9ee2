"""`codemod batch status`, `merge`, `close` and `adopt`: what is done with the pull requests that there are."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import click

from ..errors import UsageError
from ..forges.values import Forge, Method, State
from ..signals import noted
from ..terminal import colored, printable, say
from . import follow, many_command, show
from .follow import Progress
from .many import Follow
from .place import Place, find
from .plan_command import Asked, asked
from .planning import base_branch
from .run import listed
from .seen import ADOPTED, Seen, adoption, look
from .settings import BatchSettings
from .state import State as Remembered
from .state import working

_STATUS = ("STATE", "PR", "ITEM", "CHECKS", "REVIEW", "")


@dataclass(frozen=True)
class _There:
    """A batch, and what there is of it."""

    found: Asked
    place: Place
    forge: Forge
    state: Remembered
    seen: Mapping[str, Seen]
    work: Mapping[str, Any]

    def shown(self, rows: Sequence[Progress], as_json: bool, *, all_done: str = "") -> int:
        """Print what became of items. Gives the exit code."""
        if as_json:
            click.echo(json.dumps(show.status_json(self.found.batch, rows), indent=2))
        else:
            show.print_rows(_STATUS, show.status_rows(rows), colored(self.work.get("color", "auto"), sys.stdout))
        if not self.work.get("quiet"):
            say(printable(all_done if all_done and not rows else show.status_summary(rows)))
        return 3 if any(row.failed for row in rows) else 0


@contextmanager
def _there(named: str, file: str, given: Mapping[str, Any]) -> Iterator[_There]:
    """Ask refs and the forge. Nothing is planned."""
    from .options import working as chosen_work

    found, work = asked(Path.cwd(), named, file, given), chosen_work(given)
    place = find(found.repository, found.spec.settings.remote, os.environ, quiet=bool(work.get("quiet")))
    assert place.forge is not None, "find raises without one"
    with ExitStack() as stack:
        state = stack.enter_context(working(found.repository.shared_dir, found.batch))
        pulls = listed(place.forge, found.batch, state)
        branch = base_branch(found.made_of, place.remote, found.spec.settings.base)
        place.remote.fetch(branch, f"codemod/{found.batch}")
        base = found.repository.resolve(place.remote.ref(branch)) or ""
        seen = look(place.remote, place.forge, found.batch, base, pulls, branch)
        yield _There(found=found, place=place, forge=place.forge, state=state, seen=seen, work=work)


def status(named: str, file: str, as_json: bool, given: Mapping[str, Any]) -> int:
    """Show how far every item is."""
    if many_command.is_asked(given):
        return many_command.follow(named, file, given, as_json, lambda settings: follow.progress)
    with _there(named, file, given) as there:
        rows = list(follow.progress(there.forge, there.seen, there.state.rows()))
        return there.shown(rows, as_json)


def merge(
    named: str, file: str, keys: Sequence[str], needs: follow.Needs, as_json: bool, given: Mapping[str, Any]
) -> int:
    """Merge what may be merged."""
    if many_command.is_asked(given):
        return many_command.follow(named, file, given, as_json, _merging(keys, needs))
    with _there(named, file, given) as there:
        _refuse_unknown(keys, there.seen)
        noted("what is merged stays so; codemod batch status shows it")
        merging = _merging(keys, needs)(there.found.spec.settings)
        rows = list(merging(there.forge, there.seen, {}))
        return there.shown(rows, as_json, all_done="nothing is open that could be merged")


def close(
    named: str, file: str, keys: Sequence[str], comment: str, delete: bool, as_json: bool, given: Mapping[str, Any]
) -> int:
    """Close what is open; with `delete` its branch goes too, where it still is where it was seen."""
    if many_command.is_asked(given):
        if delete:
            raise UsageError("--delete-branches is for one repository; see codemod batch prune in each")
        return many_command.follow(named, file, given, as_json, _closing(keys, comment))
    with _there(named, file, given) as there:
        _refuse_unknown(keys, there.seen)
        noted("what is closed stays so; codemod batch status shows it")
        gone: dict[str, str] = {}
        done = lambda one: gone.update({one.branch: one.tip}) if one.tip and one.ours else None  # noqa: E731
        rows = list(follow.close(there.forge, there.seen, keys, comment, done))
        if delete and gone:
            for branch, why in there.place.remote.delete(gone).refused.items():
                say(printable(f"branch {branch} stays: {why}"))
        return there.shown(rows, as_json, all_done="nothing is open that could be closed")


def _merging(keys: Sequence[str], needs: follow.Needs) -> Callable[[BatchSettings], Follow]:
    """To merge, by the settings of a batch."""

    def with_settings(settings: BatchSettings) -> Follow:
        method = cast("Method", settings.merge_method)
        return lambda forge, seen, rows: follow.merge(forge, seen, keys, method, needs)

    return with_settings


def _closing(keys: Sequence[str], comment: str) -> Callable[[BatchSettings], Follow]:
    """To close in many repositories."""
    return lambda settings: lambda forge, seen, rows: follow.close(forge, seen, keys, comment, lambda one: None)


def adopt(named: str, file: str, numbers: Sequence[int], given: Mapping[str, Any]) -> int:
    """Let pull requests of others stand for items: a marker in their text and a label say so."""
    with _there(named, file, given) as there:
        has_labels = there.forge.capabilities.labels
        pulls = [there.forge.get(number) for number in numbers]
        for pull in pulls:
            if pull.state is not State.OPEN:
                raise UsageError(f"#{pull.number} is {pull.state.value}; only an open pull request can be adopted")
            if any(one.pull and one.pull.number == pull.number and not one.adopted for one in there.seen.values()):
                raise UsageError(f"#{pull.number} is one of batch {there.found.batch} already")
            if not (has_labels or pull.same_repository):
                raise UsageError(f"#{pull.number} is of a fork: without labels nothing tells who has adopted it")
        noted("what is adopted stays so; do it again for the others")
        for pull in pulls:
            mark = adoption(there.found.batch, pull.number)
            if mark not in pull.body:
                there.forge.edit(pull.number, body=f"{pull.body.rstrip()}\n\n{mark}".lstrip())
            if has_labels and ADOPTED not in pull.labels:
                there.forge.add_labels(pull.number, [ADOPTED])
            there.state.begin(pull.created)
            say(printable(f"#{pull.number} {pull.title} stands for its files now: {pull.url}"))
        return 0


def _refuse_unknown(keys: Iterable[str], seen: Mapping[str, Seen]) -> None:
    if unknown := sorted(set(keys) - set(seen)):
        raise UsageError(f"there is no item {unknown[0]!r} in this batch; see: codemod batch status")

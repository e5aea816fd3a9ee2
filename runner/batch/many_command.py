"""`codemod batch run --repositories FILE` and its like: a batch over many repositories, from what was typed to what is told."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from codemods.engine.grouping import grouped

from ..errors import UsageError
from ..forges.connect import host as host_of
from ..git import NoRepository, Repository
from ..terminal import colored, printable, say
from . import mirrors, show
from . import spec as specs
from .follow import Progress
from .many import Follow, Outcome, batch_of, by_reason, failed_before, follow_all, run_all
from .mirrors import Source
from .run import RunOptions
from .settings import BatchSettings

_NAMED = 10  # repositories of one reason


def is_asked(given: Mapping[str, Any]) -> bool:
    """Whether the command line speaks of many repositories."""
    return any(given.get(name) for name in ("repositories", "organisation", "search"))


def deliver(named: str, file: str, asked: RunOptions, given: Mapping[str, Any]) -> int:
    """Do what is left to do in each. Gives the exit code."""
    if named:
        raise UsageError(
            "a plan is of one repository; what to run in many stands in codemod.batch.toml, or --spec FILE"
        )
    quiet, here = bool(given.get("quiet")), Path.cwd()
    spec = specs.load(here, _top(here), given, file)
    sources = list(found(here, given))
    if asked.only_failed:
        before = {one.called for one in failed_before(batch_of(spec))}
        sources = [one for one in sources if one.called in before]
    # of a repository that failed all that is left is done
    asked = replace(asked, settings=spec.settings, only_failed=False)
    outcomes: list[Outcome] = []

    def told(line: str) -> None:
        if not quiet:
            say(printable(line))

    for outcome in run_all(sources, spec, asked, os.environ, told):
        outcomes.append(outcome)
        told(f"[{len(outcomes)}/{len(sources)}] {outcome.source.called}: {summary(outcome)}")
    if given.get("as_json"):
        click.echo(json.dumps([_json(one) for one in outcomes], indent=2))
    else:
        color = colored(given.get("color") or "auto", sys.stdout)
        show.print_rows(("STATE", "PR", "ITEM", "REPOSITORY", ""), _rows(outcomes), color)
    say(*map(printable, _failures(outcomes)))
    told(_ending(outcomes))
    return max((3 if one.reasons else one.report.exit_code if one.report else 0 for one in outcomes), default=0)


def follow(
    named: str, file: str, given: Mapping[str, Any], as_json: bool, do: Callable[[BatchSettings], Follow]
) -> int:
    """What there is of the batch in each, and what is done with it. Gives the exit code."""
    if named:
        raise UsageError(
            "a plan is of one repository; the batch of many is that of codemod.batch.toml, or --spec FILE"
        )
    quiet, here = bool(given.get("quiet")), Path.cwd()
    spec = specs.load(here, _top(here), given, file)
    rows: list[tuple[Source, Progress]] = []
    for one, progress in follow_all(list(found(here, given)), spec, os.environ, lambda line: None, do(spec.settings)):
        rows += [(one, row) for row in progress]
    if as_json:
        by_source: dict[str, list[Progress]] = grouped((one.called, row) for one, row in rows)
        told = [{"repository": name, **show.status_json(batch_of(spec), mine)} for name, mine in by_source.items()]
        click.echo(json.dumps(told, indent=2))
    else:
        told_rows = [(*row[:3], one.called, *row[3:]) for one, each in rows for row in show.status_rows([each])]
        color = colored(given.get("color") or "auto", sys.stdout)
        show.print_rows(("STATE", "PR", "ITEM", "REPOSITORY", "CHECKS", "REVIEW", ""), told_rows, color)
    if not quiet:
        say(printable(show.status_summary([row for _, row in rows])))
    return 3 if any(row.failed for _, row in rows) else 0


def _top(here: Path) -> Path:
    """Where the spec lies: at the top of a work tree, or where one stands."""
    try:
        return Repository.open(here).root or here
    except NoRepository:
        return here


def found(here: Path, given: Mapping[str, Any]) -> Iterator[Source]:
    """The repositories that were asked for, each once. Raises UsageError, ForgeFailed."""
    host = given.get("host") or "github.com"
    seen: set[str] = set()
    for one in _each(here, given, host):
        if one.called not in seen:
            seen.add(one.called)
            yield one


def _each(here: Path, given: Mapping[str, Any], host: str) -> Iterator[Source]:
    if given.get("repositories"):
        yield from mirrors.listed(here / given["repositories"], host, os.environ)
    if not (given.get("organisation") or given.get("search")):
        return
    forge = host_of(host, os.environ, told=lambda line: say(printable(line)))
    names: list[str] = []
    if given.get("organisation"):
        names += forge.repositories(given["organisation"])
    if given.get("search"):
        names += forge.search(given["search"])
    yield from (mirrors.source(name, host, os.environ) for name in names)


# ---- what is told ------------------------------------------------------------------------------


def summary(outcome: Outcome) -> str:
    """One repository in a line."""
    if outcome.report is None:
        return f"failed: {outcome.failed}"
    return show.summary(outcome.report.results)


def _rows(outcomes: Sequence[Outcome]) -> Iterator[tuple[str, ...]]:
    for one in outcomes:
        if one.report is None:
            yield ("failed", "", "", one.source.called, one.failed)
        for result in one.report.results if one.report else ():
            url = result.pull.url if result.pull else ""
            why = result.failed or result.step.why or url
            yield (result.state, show.number(result.pull), result.step.key, one.source.called, why)


def _failures(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Each reason once, with those that failed of it."""
    for why, names in by_reason(outcomes).items():
        more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
        yield f"failed: {', '.join(names[:_NAMED])}{more}: {why}"


def _ending(outcomes: Sequence[Outcome]) -> str:
    failed = sum(bool(one.reasons) for one in outcomes)
    told = f"{len(outcomes):,} {'repository' if len(outcomes) == 1 else 'repositories'}"
    items = [result for one in outcomes if one.report for result in one.report.results]
    told += f", {show.summary(items)}" if items else ""
    return told + (f"; {failed:,} failed: codemod batch retry --failed does these again" if failed else "")


def _json(one: Outcome) -> dict[str, Any]:
    found = {"repository": one.source.called, "failed": list(one.reasons)}
    return found | ({"batch": show.run_json(one.report)} if one.report else {})

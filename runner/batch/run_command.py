"""`codemod batch run`, `retry` and `prune`: what a person typed, and what is told of what became of it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from ..forges.pace import in_words
from ..report import failures
from ..terminal import colored, printable, say
from . import many_command, show
from .deliver import Result
from .options import working
from .place import find
from .plan_command import asked
from .run import RunOptions, run
from .spec import Spec

_NEWS = ("opened", "updated", "closed", "failed")


def deliver(named: str, file: str, options: Mapping[str, Any], given: Mapping[str, Any]) -> int:
    """Do what is left to do of a batch. Gives the exit code."""
    if many_command.is_asked(given):
        return many_command.deliver(named, file, _of_a_run(Spec(), options, given), given)
    found, work = asked(Path.cwd(), named, file, given), working(given)
    talk = not work.get("quiet")
    place = find(
        found.repository,
        found.spec.settings.remote,
        os.environ,
        quiet=not talk,
        pulls=not options.get("push_only"),
    )

    def told(done: int, of: int, result: Result) -> None:
        if talk and result.state in _NEWS and not bool(options.get("dry_run")):
            where = result.failed or (result.pull.url if result.pull else "")
            left = place.forge.estimate(of - done) if place.forge and result.state == "opened" else 0.0
            ahead = f", at most {in_words(left)} left" if left >= 60 else ""
            say(printable(f"[{done}/{of}] {result.state} {result.step.key} {where}".rstrip() + ahead))

    report = run(found.made_of, place, _of_a_run(found.spec, options, given), told)
    if given.get("as_json"):
        click.echo(json.dumps(show.run_json(report), indent=2))
    else:
        show.print_rows(
            ("STATE", "PR", "ITEM", "FILES", ""),
            show.run_rows(report),
            colored(work.get("color", "auto"), sys.stdout),
        )
    say(*failures(report.planned, colored(work.get("color", "auto"), sys.stderr)))
    for line in show.grouped(report.results):
        say(printable(line))
    if talk:
        say(*(printable(line) for line in report.remarks), printable(show.summary(report.results)))
        if report.swept:
            say(printable(f"deleted: {', '.join(report.swept)}"))
    return report.exit_code


def _of_a_run(spec: Spec, options: Mapping[str, Any], given: Mapping[str, Any]) -> RunOptions:
    """What a person wants of a run."""
    flags = ("sweep", "dry_run", "reopen", "overwrite", "prune", "only_failed")
    return RunOptions(
        settings=spec.settings,
        templates=spec.templates,
        given=working(given),
        keys=given.get("keys") or (),
        **{name: bool(options.get(name)) for name in flags},
    )

"""`codemod run --push` and `--pr`: the one branch of a run, without a batch."""

from __future__ import annotations

import os
from dataclasses import replace

from codemods.engine.values import Safety

from ..errors import UsageError
from ..forges.values import PullRequest
from ..git import Repository
from ..message import plural
from ..outcome import Report
from . import spec
from .owners import Owners
from .place import Place, find
from .remote import Move, Remote
from .spec import Spec
from .text import wanted
from .values import Item


def published(report: Report) -> Report:
    """Push the branch of a run where that was asked for, and open its pull request. Raises CodemodError."""
    options = report.options
    if not report.commits or not (options.push or options.pr):
        return report
    repository = Repository.open(options.where)
    asked = spec.load(options.where, repository.root, {})
    place = find(repository, asked.settings.remote, os.environ, quiet=options.quiet, pulls=options.pr)
    remarks = list(report.remarks)
    base = asked.settings.base or (place.remote.default_branch() or "" if options.pr else "")
    if options.pr and base and (count := _not_there(place.remote, base, report.base)):
        remarks.append(f"the pull request holds {plural(count, 'commit')} of yours that {base} does not have")
    _push(place.remote, report)
    pull = _opened(place, report, asked, base, repository) if options.pr else None
    return replace(report, pushed=place.remote.name, pull=pull.url if pull else "", remarks=tuple(remarks))


def _not_there(remote: Remote, base: str, commit: str) -> int:
    """How many commits of the base of the run the remote's branch does not have, as far as it was fetched."""
    answer = remote.repository.run("rev-list", "--count", f"{remote.ref(base)}..{commit}", "--")
    return int(answer.out) if answer.code == 0 else 0


def _push(remote: Remote, report: Report) -> None:
    branch, new = report.branch, report.commits[-1]
    old = remote.tip(branch)
    known = old is None or remote.repository.run("cat-file", "-e", f"{old}^{{commit}}").code == 0
    inside = old is None or (known and remote.repository.run("merge-base", "--is-ancestor", old, new).code == 0)
    if not inside and not report.options.force:
        raise UsageError(
            f"branch {branch} is pushed to {remote.name} already, and is other work; replace it with --force"
        )
    refused = remote.push({branch: Move(old=old, new=new)}).refused
    if branch in refused:
        raise UsageError(f"branch {branch} is not pushed to {remote.name}: {refused[branch]}")


def _opened(place: Place, report: Report, asked: Spec, base: str, repository: Repository) -> PullRequest:
    forge = place.forge
    assert forge is not None, "find raises without one"
    applied = [change for done in report.steps for change in done.composed.applied]
    paths = tuple(sorted(report.after))
    item = Item(
        key="all",
        about="",
        paths=paths,
        changes=tuple(change.key for change in applied),
        owners=Owners.at(repository, report.base, place.kind).of_all(paths),
        unsafe=sum(change.safety is not Safety.SAFE for change in applied),
    )
    name = report.options.name
    text = wanted(
        item,
        report,
        repository,
        batch=name,
        base=base or forge.default_branch(),
        settings=asked.settings,
        templates=asked.templates,
    )
    shall = replace(text, branch=report.branch)
    pull = forge.create(shall)
    if pull.body.replace("\r\n", "\n").strip() != shall.body.strip():  # it was open already
        forge.edit(pull.number, title=shall.title, body=shall.body)
    return pull

"""`codemod batch plan`: the items that a plan would be split into, as a table. No network, and nothing is written but
what a dry run writes."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from .. import again
from ..errors import RunFailed, UsageError
from ..forges.find import remote_url
from ..git import NoRepository, Repository
from ..outcome import Report
from ..plans import MAKE_ONE
from ..report import failures
from ..terminal import colored, printable, say
from . import spec as specs
from .items import split
from .options import working
from .owners import Kind, Owners
from .place import kind_of, remote_name
from .planning import Wish, name_of, named_branch, on_base, ref_of, refuse_files
from .remote import Remote
from .seen import held, look
from .settings import BatchSettings
from .spec import Spec
from .state import known
from .table import document, ending, print_table
from .values import Item


@dataclass(frozen=True)
class Asked:
    """What a command of a batch works on."""

    repository: Repository
    made_of: again.Kept | Wish
    spec: Spec

    @property
    def batch(self) -> str:
        """The name of the batch."""
        return self.spec.settings.name or name_of(self.made_of)


def asked(where: Path, plan: str, file: str, given: Mapping[str, Any], *, looks: bool = False) -> Asked:
    """The plan that is named, or the run that the spec asks for, or the latest plan.

    Raises UsageError where there is none, and where the latest is not of a batch while there are batches here: it was
    made for something else. Who only `looks` at how it would be split may.
    """
    try:
        repository = Repository.open(where)
    except NoRepository:
        raise UsageError(f"{where} is not inside a git repository; a batch is made of the commits of one") from None
    spec = specs.load(where, repository.root, given, file)
    if plan or spec.run is None:
        try:
            kept = again.find(where, plan)
        except UsageError:
            if plan:
                raise
            advice = f'{MAKE_ONE}, or write {specs.NAME} with run = ["NAME", …]'
            raise UsageError(f"there is no plan here; {advice}") from None
        refuse_files(kept)
        found = Asked(repository=repository, made_of=kept, spec=spec)
        if not (plan or looks):
            _refuse_another(found)
        return found
    return Asked(repository=repository, made_of=Wish(spec.run), spec=spec)


def _refuse_another(found: Asked) -> None:
    batches = known(found.repository.shared_dir)
    if batches and found.batch not in batches:
        told = f"the latest plan here is {name_of(found.made_of)}, and batches here are {', '.join(sorted(batches))}"
        raise UsageError(f"{told}; name the plan")


def plan(named: str, file: str, as_json: bool, given: Mapping[str, Any]) -> int:
    """Show the table. Gives the exit code."""
    found = asked(Path.cwd(), named, file, given, looks=True)
    settings, work = found.spec.settings, working(given)
    remote = Remote(found.repository, remote_name(found.repository, settings.remote))
    ref, branch = _base(found, remote)
    with on_base(found.made_of, ref, branch, {**work, "dry_run": True}) as made:
        seen = look(remote, None, found.batch, made.base, ())
        owners = Owners.at(found.repository, made.base, _kind_of(remote))
        closed = [one.key for one in seen.values() if one.is_fixed]
        items = split(made.report, settings, owners, held(seen.values()), closed)
    if as_json:
        click.echo(json.dumps(document(items, made.report, settings, found.batch, branch), indent=2))
    else:
        print_table(items, colored(work.get("color", "auto"), sys.stdout))
    color = colored(work.get("color", "auto"), sys.stderr)
    say(*failures(made.report, color))
    if not work.get("quiet"):
        say(*_talk(items, made.report, settings, [*made.remarks, owners.remark], found, ref))
    return made.report.exit_code


def _talk(
    items: Sequence[Item],
    report: Report,
    settings: BatchSettings,
    remarks: Sequence[str],
    found: Asked,
    ref: str,
) -> list[str]:
    said = [printable(remark) for remark in remarks if remark]
    said += [printable(line) for line in ending(items, report, settings)]
    if items:
        named = found.made_of.row.id if isinstance(found.made_of, again.Kept) else ""
        said.append(printable(f"on {ref} as it is here; open them with: codemod batch run {named}".rstrip()))
    return said


def _kind_of(remote: Remote) -> Kind:
    """Which forge's rules hold for CODEOWNERS; a table is shown without a remote, too."""
    try:
        return kind_of(remote_url(remote.repository, remote.name, push=True), os.environ)
    except (UsageError, RunFailed):
        return ""


def _base(found: Asked, remote: Remote) -> tuple[str, str]:
    """What is here of the commit that the batch would be built on, and the branch that it is for, as far as one sees it
    without asking the remote."""
    repository, asked_for = found.repository, found.spec.settings.base
    named = named_branch(found.made_of, remote, asked_for)
    if not named:
        own = repository.run("symbolic-ref", "-q", "--short", f"{remote.ref('HEAD')}").out.decode().strip()
        named = own.removeprefix(f"{remote.name}/")
    for place in (remote.ref(named), f"refs/heads/{named}") if named else ():
        if repository.run("rev-parse", "-q", "--verify", place).code == 0:
            return place, named
    if asked_for:
        raise UsageError(f"branch {named!r} is not here; fetch it: git fetch {remote.name} {named}")
    return ref_of(found.made_of), named

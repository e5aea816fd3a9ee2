"""What an item holds: the commits of its branch, which are the run's own result for its files."""

from __future__ import annotations

from collections.abc import Mapping

from ..deliver import Commit
from ..git import Repository
from ..message import commit_message
from ..outcome import Done, Report
from ..steps import staged
from .values import Item


def commits(item: Item, report: Report, repository: Repository, batch: str) -> tuple[Commit, ...]:
    """The commits of an item, on the base of the report: one for each step (and stage of one) that changes its files.

    One of a later phase is made on what the earlier ones leave: before these are merged its commits hold that too.
    """
    found = []
    for number, done in enumerate(report.steps):
        if item.step in (None, number):
            found += _of_step(item, report, repository, batch, done)
    return tuple(found)


def _of_step(item: Item, report: Report, repository: Repository, batch: str, done: Done) -> list[Commit]:
    mine = frozenset(item.paths)
    written: list[Mapping[str, bytes | None]] = []
    for stage, files in staged(done.composed):
        kept = {path: data for path, data in files.items() if path in mine}
        if kept and item.stage in (None, stage):
            written.append(kept)
    return [
        Commit(
            message=commit_message(
                repository,
                report.base,
                report,
                done,
                (number, len(written)),
                paths=mine,
                trailers=(f"Codemod-Batch: {batch}", f"Codemod-Item: {item.key}"),
            ),
            files=files,
            origins={new: old for new, old in done.composed.origins.items() if new in files},
        )
        for number, files in enumerate(written, 1)
    ]

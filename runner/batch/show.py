"""What became of a batch, for a person and for a program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ..forges.values import Checks, PullRequest, Review, State
from ..message import plural
from ..terminal import Paint, printable
from .deliver import Result
from .follow import STATES, Progress
from .run import BatchReport

# what is told of a run, in this order
_TOLD = {
    "to open": "to open",
    "to update": "to update",
    "opened": "opened",
    "updated": "updated",
    "unchanged": "unchanged, not pushed: approvals stay",
    "held": "held",
    "adopted": "adopted",
    "diverged": "left to those who pushed to them",
    "rejected": "closed by people, not opened again",
    "blocked": "blocked",
    "waiting": "waiting",
    "nothing left": "with nothing left to change",
    "closed": "closed",
    "failed": "failed",
}
_STYLES = {
    "failed": "red", "diverged": "yellow", "conflict": "red", "checks failed": "red", "changes requested": "yellow",
    "evicted": "yellow", "waiting": "dim", "blocked": "dim", "unchanged": "dim", "merged": "magenta",
    "approved": "green", "opened": "green", "updated": "green",
}  # fmt: skip


def style(state: str) -> str:
    return _STYLES.get(state, "")


def print_rows(titles: Sequence[str], rows: Iterable[Sequence[str]], color: bool) -> None:
    """Columns as wide as they need, the last one as long as it is: an address is to be clicked on."""
    found = [tuple(map(printable, row)) for row in rows]
    if not found:
        return
    paint = Paint(color)
    widths = [max(map(len, column)) for column in zip(titles, *found, strict=True)][:-1]
    for row in (titles, *found):
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)] + [row[-1]]
        if row is not titles and style(row[0]):
            cells[0] = paint(style(row[0]), cells[0])
        print("  ".join(cells).rstrip())


# ---- a run -------------------------------------------------------------------------------------


def run_rows(report: BatchReport) -> Iterator[tuple[str, ...]]:
    """State, number, item, files, and where it is or why it is not."""
    for result in sorted(report.results, key=lambda r: (_rank(r.state), r.step.key)):
        item = result.step.item
        files = f"{len(item.paths):,}" if item else ""
        why = result.failed or result.step.why
        yield (
            result.state,
            number(result.pull),
            result.step.key,
            files,
            why or (result.pull.url if result.pull else ""),
        )


def summary(results: Sequence[Result]) -> str:
    """In one line: how many of each."""
    counts = Counter(result.state for result in results)
    told = [f"{counts[state]:,} {words}" for state, words in _TOLD.items() if counts[state]]
    return f"{plural(len(results), 'item')}: {', '.join(told)}" if told else "nothing to do"


def grouped(results: Iterable[Result]) -> Iterator[str]:
    """What failed, by the reason: one line for each, with the items."""
    reasons: dict[str, list[str]] = {}
    for result in results:
        if result.failed:
            reasons.setdefault(result.failed, []).append(result.step.key)
    for why, keys in sorted(reasons.items(), key=lambda reason: -len(reason[1])):
        more = f" and {len(keys) - 3:,} more" if len(keys) > 3 else ""
        yield f"failed: {', '.join(keys[:3])}{more}: {why}"


def run_json(report: BatchReport) -> dict[str, Any]:
    return {
        "schema_version": 1,
        "batch": report.name,
        "plan": report.plan,
        "base": report.base,
        "exit_code": report.exit_code,
        "items": [
            {
                "key": result.step.key,
                "state": result.state,
                "why": result.failed or result.step.why,
                "files": len(result.step.item.paths) if result.step.item else 0,
                "pull_request": pull_json(result.pull),
            }
            for result in report.results
        ],
    }


def _rank(state: str) -> int:
    return list(_TOLD).index(state) if state in _TOLD else len(_TOLD)


# ---- how far -----------------------------------------------------------------------------------


def status_rows(found: Iterable[Progress]) -> Iterator[tuple[str, ...]]:
    """State, number, item, checks, review, and where it is or why it failed."""
    for one in sorted(found, key=lambda p: (STATES.index(p.state), p.key)):
        checks = one.status.checks.value if one.status and one.status.checks is not Checks.NONE else ""
        review = one.status.review.value if one.status and one.status.review is not Review.NONE else ""
        yield one.state, number(one.pull), one.key, checks, review, one.why or (one.pull.url if one.pull else "")


def status_summary(found: Sequence[Progress]) -> str:
    counts = Counter(one.state for one in found)
    told = [f"{counts[state]:,} {state}" for state in STATES if counts[state]]
    return f"{plural(len(found), 'item')}: {', '.join(told)}" if told else "there is nothing of this batch"


def status_json(name: str, found: Iterable[Progress]) -> dict[str, Any]:
    return {
        "schema_version": 1,
        "batch": name,
        "items": [
            {
                "key": one.key,
                "state": one.state,
                "why": one.why,
                "checks": one.status.checks.value if one.status else None,
                "review": one.status.review.value if one.status else None,
                "mergeable": one.status.mergeable if one.status else None,
                "pull_request": pull_json(one.pull),
            }
            for one in found
        ],
    }


def number(pull: PullRequest | None) -> str:
    return f"#{pull.number}" if pull else ""


def pull_json(pull: PullRequest | None) -> dict[str, Any] | None:
    if pull is None:
        return None
    return {
        "number": pull.number,
        "url": pull.url,
        "branch": pull.branch,
        "state": pull.state.value,
        "draft": pull.draft if pull.state is State.OPEN else False,
        "labels": list(pull.labels),
        "reviewers": list(pull.reviewers),
    }

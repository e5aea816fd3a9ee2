"""What GitHub's checks and reviewers say together."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from .values import Checks, Review

Pages = Callable[..., Iterator[dict[str, Any]]]
_PASSED = frozenset({"success", "neutral", "skipped"})
_WORDS = frozenset({"APPROVED", "CHANGES_REQUESTED", "DISMISSED"})  # a comment takes nothing back


def checks(pages: Pages, commit: str) -> Checks:
    """Of both kinds: what apps run, and the older statuses of a commit. One failure counts more than one that waits."""
    found = set()
    for run in pages(
        "list the checks of a commit", f"{commit}/check-runs", {"filter": "latest"}, inside="check_runs"
    ):
        if run["status"] != "completed":
            found.add(Checks.PENDING)
        else:
            found.add(Checks.PASSED if run["conclusion"] in _PASSED else Checks.FAILED)
    for status in pages("list the statuses of a commit", f"{commit}/status", inside="statuses"):
        told = {"success": Checks.PASSED, "pending": Checks.PENDING}
        found.add(told.get(status["state"], Checks.FAILED))
    return together(found)


def together(found: Collection[Checks]) -> Checks:
    return next((c for c in (Checks.FAILED, Checks.PENDING, Checks.PASSED) if c in found), Checks.NONE)


def review(pages: Pages, path: str) -> Review:
    """The last word of each reviewer; whose account is gone has one too."""
    told = pages("list reviews", path)
    return last_word(((one.get("user") or {}).get("login", one["id"]), one["state"]) for one in told)


def last_word(verdicts: Iterable[tuple[object, str]]) -> Review:
    """Of who and what, the oldest first."""
    last = {who: word for who, word in verdicts if word in _WORDS}
    words = set(last.values())
    if "CHANGES_REQUESTED" in words:
        return Review.CHANGES_REQUESTED
    return Review.APPROVED if "APPROVED" in words else Review.NONE

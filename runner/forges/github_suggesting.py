"""A small plan as suggestions on a pull request: one review, whose comments each offer to replace some lines."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from .github_host import GitHubAPI
from .pulls import suggested
from .values import PullRequest, Suggestion


def suggest(api: GitHubAPI, path: str, pull: PullRequest, suggestions: Sequence[Suggestion]) -> None:
    """Made once: the review carries a mark of what it holds, by which it is found again."""
    if not suggestions:
        return
    comments = [_comment(suggestion) for suggestion in suggestions]
    digest = hashlib.sha256(repr((pull.sha, comments)).encode()).hexdigest()[:16]
    mark = f"<!-- codemod:review {digest} -->"
    count = len(comments)
    text = f"{count} suggestion{'s' if count > 1 else ''} of codemod. Each can be applied by itself, or all in one commit."

    def there() -> bool:
        listed = api.pages(f"list reviews of {pull.number}", path)
        return any(mark in (review.get("body") or "") for review in listed)

    body = {"commit_id": pull.sha, "event": "COMMENT", "body": f"{text}\n\n{mark}", "comments": comments}
    api.once(f"suggest changes on pull request {pull.number}", path, body, there)


def _comment(given: Suggestion) -> dict[str, Any]:
    told = {"path": given.path, "line": given.last, "side": "RIGHT", "body": suggested(given, "suggestion")}
    more = {"start_line": given.first, "start_side": "RIGHT"} if given.first < given.last else {}
    return told | more

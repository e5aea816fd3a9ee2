"""What GitHub and Gitea share: Gitea has taken over the addresses and the words of GitHub's API."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from .asking import Reply
from .pulls import H, Pulls
from .rest import given, logins, same_text, understood
from .values import PullRequest, State, Wanted


class GitHubLike(Pulls[H]):
    """One repository."""

    merged = "merged_at"  # the key of what only a merged one has
    teams = ("requested_teams", "slug")  # the keys of the teams who are asked for a review, and of a team's name
    refusals: tuple[int, ...] = (422,)  # of a reviewer

    def estimate(self, pulls: int) -> float:
        return self._host.estimate(3 * pulls)

    def files(self, number: int) -> Sequence[str]:
        listed = self._host.pages(f"list the files of pull request {number}", self._of(number, "files"))
        return [str(told["filename"]) for told in listed]

    def _lacking(self, pull: PullRequest, wanted: Wanted) -> tuple[list[str], list[str]]:
        """The reviewers and the labels that it does not have yet. Nobody reviews what they opened."""
        author = pull.author.lower()
        reviewers = [who for who in wanted.reviewers if who not in pull.reviewers and who.lower() != author]
        return reviewers, [label for label in wanted.labels if label not in pull.labels]

    def edit(
        self, number: int, *, title: str | None = None, body: str | None = None, base: str | None = None
    ) -> None:
        if words := given(title=title, body=body, base=base):
            self._patch(f"edit pull request {number}", number, words)

    def close(self, number: int) -> None:
        self._patch(f"close pull request {number}", number, {"state": "closed"})

    def reopen(self, number: int) -> None:
        self._patch(f"open pull request {number} again", number, {"state": "open"})

    def _patch(self, what: str, number: int, body: Mapping[str, Any]) -> None:
        self._host.ask(what, "PATCH", self._of(number), dict(body))

    def request_reviews(self, number: int, reviewers: Sequence[str]) -> None:
        self._request_reviews(number, reviewers)

    def _request_reviews(self, number: int, reviewers: Sequence[str]) -> list[str]:
        """Who was asked."""

        def ask(some: Sequence[str]) -> Reply:
            people = [name for name in some if "/" not in name]
            teams = [name.partition("/")[2] for name in some if "/" in name]
            body = {"reviewers": people, "team_reviewers": teams}
            path = self._of(number, "requested_reviewers")
            return self._host.ask(f"ask for a review of {number}", "POST", path, body, expected=self.refusals)

        return self._host.asked_for_review(ask, logins(reviewers))

    def comment(self, number: int, text: str) -> None:
        path = self._path("issues", number, "comments")

        def there() -> bool:
            return any(same_text(told["body"], text) for told in self._comments(f"list comments on {number}", path))

        self._host.once(f"comment on pull request {number}", path, {"body": text}, there)

    def _comments(self, what: str, path: str) -> Iterable[dict[str, Any]]:
        return self._host.pages(what, path)

    def _read(self, told: Mapping[str, Any]) -> PullRequest:
        with understood(self._host.asking.host):
            head, base = told["head"], told["base"]
            asked, name = self.teams
            teams = (f"{self._owner}/{team[name]}" for team in told.get(asked) or ())
            source = (head.get("repo") or {}).get("full_name", "")
            return PullRequest(
                number=told["number"],
                url=told["html_url"],
                branch=head["ref"],
                sha=head["sha"],
                base=base["ref"],
                state=State.MERGED if told.get(self.merged) else State(told["state"]),
                title=told["title"],
                body=told.get("body") or "",
                author=(told.get("user") or {}).get("login", ""),
                labels=tuple(label["name"] for label in told.get("labels") or ()),
                reviewers=(*(user["login"] for user in told.get("requested_reviewers") or ()), *teams),
                draft=bool(told.get("draft")),
                created=datetime.fromisoformat(told["created_at"]).timestamp(),
                same_repository=source.lower() == base["repo"]["full_name"].lower(),
            )

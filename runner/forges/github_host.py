"""GitHub's API, by PyGithub's requester: its connections, its authentication, its rules for addresses.

Its objects are not used: they fetch again what they lack, ask for fields that the newer API no longer has, and send
writes twice after a broken connection.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..errors import UsageError
from .asking import Asking, Reply, broken
from .find import checked_name
from .known import Kind
from .rest import API, PER_PAGE
from .secret import Secret
from .values import ForgeFailed

NEWEST, OLDER = "2026-03-10", "2022-11-28"


class GitHubAPI(API):
    """GitHub itself, or one of a company's own."""

    def __init__(self, api: str, secret: Secret, asking: Asking, *, timeout: float = 30, version: str = "") -> None:
        try:
            import github
        except ImportError:
            raise UsageError("GitHub needs one package more: pip install 'codemod-toolkit[github]'") from None
        from .. import __version__

        super().__init__(asking)
        on_premises = not (api == "https://api.github.com" or api.endswith(".ghe.com"))
        self.version = version or (OLDER if on_premises else NEWEST)
        client = github.Github(
            auth=github.Auth.Token(secret.reveal()),
            base_url=api,
            timeout=max(1, round(timeout)),
            user_agent=f"codemod/{__version__}",
            per_page=PER_PAGE,
            retry=None,  # both are ours, see asking.py and pace.py
            seconds_between_requests=None,
            seconds_between_writes=None,
        )
        self._requester = client.requester

    def repositories(self, organisation: str) -> Sequence[str]:
        (owner, _) = checked_name(f"{organisation}/x", Kind.GITHUB).split("/")
        what = f"list the repositories of {owner}"
        group, person = (f"/orgs/{owner}/repos", {"type": "all"}), (f"/users/{owner}/repos", {"type": "owner"})
        found = self.either(what, group, person)
        return sorted(r["full_name"] for r in found if not (r.get("archived") or r.get("disabled")))

    def search(self, query: str) -> Sequence[str]:
        found = self.pages("search repositories", "/search/repositories", {"q": query}, inside="items")
        return sorted(r["full_name"] for r in found if not r.get("archived"))

    def send(self, what: str, verb: str, path: str, body: Any, query: dict[str, Any]) -> Reply:
        import requests

        headers = {"X-GitHub-Api-Version": self.version, "Accept": "application/vnd.github+json"}
        try:
            code, answered, text = self._requester.requestJson(verb, path, query, headers, body)
        except (requests.RequestException, ValueError) as error:
            raise broken(error) from error
        except (AssertionError, RuntimeError) as error:  # PyGithub follows nowhere else
            raise ForgeFailed(f"{self.asking.host} did not {what}: it leads to another address ({error})") from None
        return Reply(code=code, headers=answered, text=text)

    def graphql(self, what: str, query: str, variables: Mapping[str, Any]) -> Reply:
        """A mutation that may be repeated. GraphQL lives beside the REST API, not below it."""
        body = {"query": query, "variables": dict(variables)}
        return self.ask(what, "POST", self._requester.graphql_url, body)

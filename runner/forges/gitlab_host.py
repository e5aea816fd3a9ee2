"""GitLab's API, by python-gitlab: its addresses and its authentication. When a request is sent again is ours to say."""

from __future__ import annotations

import urllib.parse
from collections.abc import Sequence
from typing import Any

from ..errors import UsageError
from .asking import Asking, Reply, broken
from .find import checked_name
from .known import Kind
from .rest import API, PER_PAGE
from .secret import Secret
from .values import ForgeFailed


class GitLabAPI(API):
    """GitLab itself, or one of a company's own."""

    def __init__(self, api: str, secret: Secret, asking: Asking, *, timeout: float = 30) -> None:
        try:
            import gitlab
        except ImportError:
            raise UsageError("GitLab needs one package more: pip install 'codemod-toolkit[gitlab]'") from None
        from .. import __version__
        from .sessions import OwnHost, reply_of

        super().__init__(asking)
        session = OwnHost()
        self._last: Reply | None = None

        def note(response: Any, *args: Any, **more: Any) -> None:  # python-gitlab keeps no headers of a refusal
            self._last = reply_of(response)

        session.hooks["response"].append(note)
        self._client = gitlab.Gitlab(
            url=api.removesuffix("/api/v4"),
            oauth_token=secret.reveal(),  # a header that `requests` takes away where it would leave the host
            timeout=timeout,
            user_agent=f"codemod/{__version__}",
            per_page=PER_PAGE,
            session=session,
        )

    def send(self, what: str, verb: str, path: str, body: Any, query: dict[str, Any]) -> Reply:
        import gitlab
        import requests

        self._last = None
        try:
            self._client.http_request(
                verb.lower(), path, query_data=query, post_data=body,
                obey_rate_limit=False, retry_transient_errors=False, max_retries=0,
            )  # fmt: skip
        except gitlab.exceptions.RedirectError as error:
            raise ForgeFailed(f"{self.asking.host} did not {what}: it leads to another address") from error
        except gitlab.exceptions.GitlabError as error:
            if self._last is None:
                raise ForgeFailed(f"{self.asking.host} did not {what}: {error}") from None
        except (requests.RequestException, ValueError) as error:
            raise broken(error) from error
        assert self._last is not None
        return self._last

    def repositories(self, organisation: str) -> Sequence[str]:
        checked_name(f"{organisation}/x", Kind.GITLAB)
        what, owner = f"list the projects of {organisation}", urllib.parse.quote(organisation, safe="")
        query = {"archived": "false", "simple": "true"}
        group = f"/groups/{owner}/projects", query | {"include_subgroups": "true"}
        found = self.either(what, group, (f"/users/{owner}/projects", query))
        return sorted(told["path_with_namespace"] for told in found)

    def search(self, query: str) -> Sequence[str]:
        asked = {"search": query, "archived": "false", "simple": "true"}
        return sorted(told["path_with_namespace"] for told in self.pages("search projects", "/projects", asked))

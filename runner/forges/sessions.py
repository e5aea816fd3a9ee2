"""Sessions of `requests` that stay where they were sent: a token goes to its host and nowhere else."""

from __future__ import annotations

import urllib.parse
from typing import Any

import requests

from .asking import Asking, Reply, broken
from .rest import API


class OwnHost(requests.Session):
    """Follows a redirect for what only reads, and only within the same host; all else is told as the answer it is."""

    def __init__(self) -> None:
        super().__init__()
        self.auth = _as_it_is  # else ~/.netrc would have the last word
        self.max_redirects = 5

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        target = super().get_redirect_target(resp)
        if target is None or resp.request.method != "GET":
            return None
        there = urllib.parse.urljoin(resp.url, target)
        return target if _origin(there) == _origin(resp.url) else None


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urllib.parse.urlsplit(url)
    return parts.scheme, parts.hostname, parts.port


def reply_of(response: requests.Response) -> Reply:
    headers = {name.lower(): value for name, value in response.headers.items()}
    return Reply(code=response.status_code, headers=headers, text=response.text)


class Plain(API):
    """An API that is asked by `requests` alone."""

    def __init__(self, api: str, authorization: str, asking: Asking, timeout: float) -> None:
        from .. import __version__

        super().__init__(asking)
        self.api, self.timeout, self.session = api, timeout, OwnHost()
        self.session.headers.update({"Authorization": authorization, "User-Agent": f"codemod/{__version__}"})

    def send(self, what: str, verb: str, path: str, body: Any, query: dict[str, Any]) -> Reply:
        try:
            response = self.session.request(verb, self.api + path, params=query, json=body, timeout=self.timeout)
        except requests.RequestException as error:
            raise broken(error) from error
        return reply_of(response)

"""What the adapters of a repository's pull requests have in common, whatever the forge."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, Generic, TypeVar

from .asking import Reply
from .find import checked_name
from .known import Kind
from .rest import API, understood
from .values import Capabilities, Merged, Merging, PullRequest, State, Suggestion, Wanted

H = TypeVar("H", bound=API)


class Pulls(Generic[H]):
    """One repository. A subclass says where things are, and reads what its forge tells."""

    kind: Kind  # what its names have to be like
    capabilities: Capabilities
    repositories = "/repos"  # the path that a repository's begins with
    pulls = "pulls"  # the path of its pull requests
    word = "pull request"  # what a person calls one there

    def __init__(self, host: H, name: str) -> None:
        self._host = host
        self._told = name

    @cached_property
    def _repository(self) -> dict[str, Any]:
        told = self._host.get(f"show {self._told}", f"{self.repositories}/{self._told}")
        with understood(self._host.asking.host):
            checked_name(told["full_name"], self.kind)
        return told

    @property
    def _name(self) -> str:
        """As the forge has it: one that was renamed leads elsewhere, and what is asked of a listing does not go along."""
        return str(self._repository["full_name"])

    @property
    def _owner(self) -> str:
        return self._name.partition("/")[0]

    def _path(self, *parts: object) -> str:
        return "/".join((f"{self.repositories}/{self._name}", *map(str, parts)))

    def _of(self, number: int, *parts: object) -> str:
        return self._path(self.pulls, number, *parts)

    def default_branch(self) -> str:
        return str(self._repository["default_branch"])

    def get(self, number: int) -> PullRequest:
        return self._read(self._get(number))

    def _get(self, number: int) -> dict[str, Any]:
        return self._host.get(f"show {self.word} {number}", self._of(number))

    def merging(self, pull: PullRequest) -> Merged | None:
        return Merged(outcome=Merging.MERGED) if pull.state is State.MERGED else None

    def _read(self, told: Mapping[str, Any]) -> PullRequest:
        raise NotImplementedError

    def _opened(self, wanted: Wanted) -> dict[str, Any] | None:
        """The one that is open for this branch and base."""
        raise NotImplementedError

    def _done(self, wanted: Wanted) -> Reply | None:
        """Whether it is open by now, as the answer to a request to open it."""
        found = self._opened(wanted)
        return Reply(code=200, headers={}, text=json.dumps(found)) if found else None

    def _first(self, listed: Iterable[dict[str, Any]], wanted: Wanted) -> dict[str, Any] | None:
        """The first of a listing for this branch and base, where the listing cannot be asked for it."""
        for told in listed:
            pull = self._read(told)
            if (pull.branch, pull.base, pull.same_repository) == (wanted.branch, wanted.base, True):
                return told
        return None

    def _begun(self, listed: Iterable[dict[str, Any]], prefix: str, since: float) -> list[PullRequest]:
        """Those of a listing, the newest first, whose branch begins so."""
        found: dict[int, PullRequest] = {}  # one that is opened meanwhile moves the others to the next page
        for pull in map(self._read, listed):
            if pull.created < since:
                break
            if pull.branch.startswith(prefix):
                found[pull.number] = pull
        return list(found.values())


def suggested(given: Suggestion, word: str) -> str:
    """A comment that offers to replace lines: its reason, and the new ones in a fence that none of them ends."""
    text = given.text if not given.text or given.text.endswith("\n") else given.text + "\n"
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"{given.reason}\n\n{fence}{word}\n{text}{fence}"

"""An API of resources, whoever carries the requests: one request, and listings page by page."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from ..errors import UsageError
from .asking import Asking, Reply
from .values import ForgeFailed

PER_PAGE = 100
Query = Mapping[str, Any]


class API:
    """What the adapters have in common. A subclass sends."""

    size = "per_page"  # how a listing is told the length of a page
    most = PER_PAGE

    def __init__(self, asking: Asking) -> None:
        self.asking = asking
        self._said: set[str] = set()

    def tell(self, line: str) -> None:
        """Say something once that costs nothing else."""
        if line not in self._said:
            self._said.add(line)
            self.asking.pace.told(line)

    def asked_for_review(self, ask: Callable[[Sequence[str]], Reply | None], reviewers: Sequence[str]) -> list[str]:
        """Those who could be asked. Where one is refused a forge refuses all: then each is asked alone."""
        reply = ask(reviewers) if reviewers else None
        if reply is None or reply.ok:
            return list(reviewers)
        found = []
        for who in reviewers:
            reply = ask([who])
            if reply is None or reply.ok:
                found.append(who)
            else:
                self.tell(f"{self.asking.host}: {who} cannot be asked for a review: {reply.message}")
        return found

    def send(self, what: str, verb: str, path: str, body: Any, query: dict[str, Any]) -> Reply:
        """Send once. Raises Broken where no answer came."""
        raise NotImplementedError

    def ask(
        self,
        what: str,
        verb: str,
        path: str,
        body: Any = None,
        *,
        query: Query | None = None,
        done: Callable[[], Reply | None] | None = None,
        repeatable: bool = True,
        expected: tuple[int, ...] = (),
    ) -> Reply:
        """One request. See `Asking.ask`."""

        def send() -> Reply:
            return self.send(what, verb, path, body, dict(query or {}))

        write = verb != "GET"
        reply = self.asking.ask(what, send, write=write, done=done, repeatable=repeatable, expected=expected)
        if reply.ok and reply.text.strip() and not isinstance(reply.json(), dict | list):
            raise ForgeFailed(
                f"{self.asking.host} did not {what}: it answers with no JSON", again=True
            )  # a proxy, say
        return reply

    def estimate(self, writes: int) -> float:
        """Seconds until so many writes are done, if the forge has nothing against them."""
        return self.asking.pace.estimate(writes)

    def get(self, what: str, path: str) -> dict[str, Any]:
        """One thing."""
        told = self.ask(what, "GET", path).json()
        if not isinstance(told, dict):
            raise ForgeFailed(f"{self.asking.host} did not {what}: its answer is no JSON of one", again=True)
        return told

    def pages(
        self, what: str, path: str, query: Query | None = None, *, inside: str = ""
    ) -> Iterator[dict[str, Any]]:
        """The entries of a listing, page by page, as they are wanted."""
        page = 1
        while True:
            reply = self.ask(what, "GET", path, query={**(query or {}), self.size: self.most, "page": page})
            told = reply.json()
            rows = told.get(inside) if inside and isinstance(told, dict) else told
            if not isinstance(rows, list):
                raise ForgeFailed(f"{self.asking.host} did not {what}: its answer is no list", again=True)
            yield from rows
            if not self.has_more(reply):
                return
            page += 1

    def either(self, what: str, group: tuple[str, Query], person: tuple[str, Query]) -> list[dict[str, Any]]:
        """The listing of an owner, who is a group or else a person: its path and what is asked there."""
        try:
            return list(self.pages(what, *group))
        except ForgeFailed as error:
            if error.code != 404:
                raise
        return list(self.pages(what, *person))

    def has_more(self, reply: Reply) -> bool:
        return 'rel="next"' in reply.headers.get("link", "")

    def once(self, what: str, path: str, body: Mapping[str, Any], there: Callable[[], bool]) -> None:
        """Post what must not be there twice: looked for before, and again where no answer came."""

        def done() -> Reply | None:
            return FOUND if there() else None

        if done() is None:
            self.ask(what, "POST", path, dict(body), done=done, repeatable=False)


@contextlib.contextmanager
def understood(host: str) -> Iterator[None]:
    """What a forge answers is not of our making: where it is otherwise than we know it costs that one answer."""
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError, UsageError) as error:
        raise ForgeFailed(f"{host} answers otherwise than we know it: {type(error).__name__} {error}") from error


def given(**fields: Any) -> dict[str, Any]:
    """Those of the fields that are to be changed."""
    return {name: value for name, value in fields.items() if value is not None}


def logins(reviewers: Sequence[str]) -> list[str]:
    """As a forge knows people and teams. Nobody is asked by an address."""
    names = [name.removeprefix("@") for name in reviewers]
    return [name for name in names if "@" not in name]


def same_text(told: str | None, text: str) -> bool:
    """A forge keeps line ends as they were typed in a browser, and drops blanks at the end."""
    return (told or "").replace("\r\n", "\n").strip() == text.replace("\r\n", "\n").strip()


FOUND = Reply(code=200, headers={}, text="{}")  # for what was done already

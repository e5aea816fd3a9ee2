"""One request to a forge, and what becomes of it: paced, tried again where that is safe, and told without a token.

A request that may have been done although no answer came (a connection that broke, a 502) is sent again only where
twice is as good as once. Else the caller says how to see whether it was done.
"""

from __future__ import annotations

import contextlib
import json
import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any

from .pace import Pace
from .values import ForgeFailed

TRIES = 4
_WAITS = (0.5, 2.0, 8.0)  # seconds before another try, where the forge does not say
_PASSING = frozenset({500, 502, 503, 504, 520, 521, 522, 523, 524})
_LIMITS = 6  # waits for a limit in one request
_SECONDARY = re.compile(
    "secondary rate limit|abuse detection|rate limit exceeded|too many requests|submitted too quickly", re.I
)


@dataclass(frozen=True)
class Reply:
    """What a forge has answered."""

    code: int
    headers: Mapping[str, str]  # by lower-case names
    text: str

    @property
    def ok(self) -> bool:
        return 200 <= self.code < 300

    def json(self) -> Any:
        """What it says; None where it is no JSON."""
        try:
            return json.loads(self.text) if self.text else None
        except ValueError:
            return None

    @property
    def message(self) -> str:
        """Why it refused, in its own words."""
        told = self.json()
        if not isinstance(told, dict):
            return ""
        word = told.get("message") or told.get("error") or ""
        words = [word.get("message") or word if isinstance(word, dict) else word]  # Bitbucket nests it
        errors = told.get("errors")
        for error in errors if isinstance(errors, list) else [errors] if errors else []:
            more = error.get("message") or error.get("code") if isinstance(error, dict) else error
            words.append(more if isinstance(more, str) else json.dumps(more))
        flat = [word if isinstance(word, str) else json.dumps(word) for word in words]
        return ": ".join(dict.fromkeys(filter(None, flat)))


class Broken(Exception):
    """No answer came. Whether the request was done nobody knows, unless it never left."""

    def __init__(self, why: str, *, left: bool) -> None:
        super().__init__(why)
        self.left = left


def broken(error: Exception) -> Broken:
    """What an error of `requests` means: one that never left may be sent again, whatever it was."""
    from requests import exceptions

    reason = getattr(error.args[0] if error.args else None, "reason", None)
    match error:
        case exceptions.SSLError():
            return Broken("no secure connection: its certificate is refused", left=False)
        case exceptions.ConnectTimeout():
            return Broken("it does not answer", left=False)
        case exceptions.Timeout():
            return Broken("no answer came in time", left=True)
        case exceptions.ConnectionError() if type(reason).__name__ in ("NewConnectionError", "NameResolutionError"):
            return Broken("no connection", left=False)
        case exceptions.ConnectionError():
            return Broken("the connection broke", left=True)
        case _:
            return Broken("the answer was cut short", left=True)


class Asking:
    """The door to one host: every request goes through it."""

    def __init__(self, pace: Pace) -> None:
        self.host = pace.who
        self.pace = pace

    def ask(
        self,
        what: str,
        send: Callable[[], Reply],
        *,
        write: bool = False,
        done: Callable[[], Reply | None] | None = None,
        repeatable: bool = True,
        expected: tuple[int, ...] = (),
    ) -> Reply:
        """Send a request, and wait and send it again where the forge has that wish. Raises ForgeFailed.

        `what` is told where it fails: "open a pull request for codemod/x". `done` looks whether it was done after all,
        where it is not `repeatable`. Answers of the `expected` codes are the caller's.
        """
        tries = limits = 0
        while True:
            self.pace.before(write=write)
            try:
                reply = send()
            except Broken as error:
                unknown, told, code = error.left, str(error), 0
            else:
                if (wait := self._limit(reply)) is not None:
                    limits += 1
                    if limits > _LIMITS:
                        raise self.failed(what, reply)
                    self._close(reply, wait)
                    continue
                if reply.code not in _PASSING:
                    self._remember(reply)
                    if reply.ok or reply.code in expected:
                        return reply
                    raise self.failed(what, reply)
                unknown, told, code = True, reply.message or "the server failed", reply.code
            tries += 1
            if tries < TRIES:
                self.pace.later(_WAITS[tries - 1] * random.uniform(0.8, 1.2))
            if unknown and not repeatable:
                found = done() if done else None
                if found is not None:
                    return found
                if done is None:
                    tries = TRIES
            if tries >= TRIES:
                raise ForgeFailed(self._told(what, code, told), code=code, again=True)

    def failed(self, what: str, reply: Reply) -> ForgeFailed:
        """What to raise for an answer that is a refusal."""
        again = reply.code in _PASSING or self._limit(reply) is not None
        return ForgeFailed(self._told(what, reply.code, reply.message), code=reply.code, again=again)

    def _told(self, what: str, code: int, why: str) -> str:
        known = {
            401: "the token is refused",
            403: "the token may not do this",
            404: "there is no such thing, or the token may not see it",
        }.get(code, "")
        number = f" ({code})" if code else ""
        said = ": ".join(filter(None, (known, why)))
        return f"{self.host} did not {what}{number}: {said or 'it did not say why'}"

    def _limit(self, reply: Reply) -> float | None:
        """Seconds to wait where the answer is that we are too fast; -1 where it says until when, 0 where nothing."""
        if reply.code not in (403, 429) and not (reply.code == 422 and "submitted too quickly" in reply.message):
            return None
        after = reply.headers.get("retry-after", "")
        if re.fullmatch(r"\d+(\.\d+)?", after):
            return max(0.001, float(after))
        if reply.headers.get("x-ratelimit-remaining") == "0" and self._left(reply) is not None:
            return -1  # see _close
        if reply.code == 429 or _SECONDARY.search(reply.message):
            return 0
        return None

    def _close(self, reply: Reply, wait: float) -> None:
        left = self._left(reply)
        if wait < 0 and left is not None:
            self.pace.spent(self.pace.clock() + left)
        else:
            self.pace.limited(wait or None)

    def _remember(self, reply: Reply) -> None:
        """The last request that was allowed: the next one would only be refused."""
        ours = reply.headers.get("x-ratelimit-resource", "core") == "core"  # searches are counted by themselves
        if ours and reply.headers.get("x-ratelimit-remaining") == "0" and (left := self._left(reply)) is not None:
            self.pace.spent(self.pace.clock() + left)

    def _left(self, reply: Reply) -> float | None:
        """Seconds until requests are counted anew. The server's clock is asked, for ours may be wrong."""
        told = reply.headers.get("x-ratelimit-reset") or reply.headers.get("ratelimit-reset") or ""
        if not re.fullmatch(r"\d+(\.\d+)?", told):
            return None
        now = self.pace.clock()
        with contextlib.suppress(ValueError, TypeError):
            now = parsedate_to_datetime(reply.headers.get("date", "")).timestamp()
        return max(0.0, float(told) - now) + 1

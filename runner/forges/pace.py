"""How fast a forge is asked. Too fast, and it stops answering: so writes are spaced, and a wait that it names is kept.

One pace serves one host and all that is sent there. The clock and the sleep are arguments, so that tests need not wait.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from .values import ForgeFailed

HOUR = 3600.0
LONGEST = 2 * HOUR  # that we wait for a forge in one go: a limit is over within an hour
_RECOVERY = 600.0  # seconds without a limit, until twice as many are tried again
_SLOWEST = 1.0  # writes a minute, however often a limit is hit
_LONG = 5.0  # seconds: a person wants to hear of a wait that is longer
_SECONDARY = 60.0  # seconds, where a forge does not say how long


def _quiet(told: str) -> None:
    pass


@dataclass
class Pace:
    """Writes in a minute and in an hour, and what the forge has said about it."""

    who: str = "the forge"
    per_minute: float = 60.0  # GitHub: a second between writes, 80 a minute at most
    per_hour: float = 500.0
    told: Callable[[str], None] = _quiet  # hears of long waits
    clock: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    _usual: float = 0.0  # writes a minute before the forge had something against them
    _limited: float = 0.0  # when it last had, or the rate was last raised
    _next: float = 0.0  # when the next write may go
    _closed: float = 0.0  # until when nothing may be asked
    _writes: deque[float] = field(default_factory=deque)  # of the last hour

    def before(self, *, write: bool) -> None:
        """Wait until a request may be sent."""
        now = self.clock()
        until = self._closed
        if write:
            until = max(until, self._next, self._free(now))
        if until - now > LONGEST:
            told = f"{self.who} takes no more requests for {in_words(until - now)}; try again then"
            raise ForgeFailed(told, again=True)
        if until > now:
            if until - now >= _LONG:
                self.told(f"{self.who}: waiting {in_words(until - now)}")
            self._wait(until - now)
            now = self.clock()
        if write:
            self._recover(now)
            self._next = max(now, self._next) + 60 / self.per_minute
            self._writes.append(now)

    def limited(self, seconds: float | None) -> None:
        """The forge has refused for now, for so long. From then on half as many are sent, for a while."""
        self._usual = self._usual or self.per_minute
        self.per_minute = max(_SLOWEST, self.per_minute / 2)
        self._limited = self.clock()
        self._closed = max(self._closed, self._limited + (_SECONDARY if seconds is None else seconds))

    def spent(self, reset: float) -> None:
        """No request is left until then. That is no reason to be slower afterwards."""
        self._closed = max(self._closed, reset)

    def later(self, seconds: float) -> None:
        """Give a server time that has failed, or has not finished. One that may be asked fast is given less."""
        self._wait(seconds * min(1.0, 60 / self.per_minute))

    def estimate(self, writes: int) -> float:
        """Seconds until so many writes are done, if the forge has nothing against them."""
        now = self.clock()
        at = max(now, self._closed, self._next)
        sent = deque(self._writes)
        room = max(1, int(self.per_hour))
        for _ in range(min(writes, 100_000)):
            while sent and sent[0] <= at - HOUR:
                sent.popleft()
            if len(sent) >= room:
                at = sent[len(sent) - room] + HOUR
            sent.append(at)
            at += 60 / self.per_minute
        return at - now

    def _recover(self, now: float) -> None:
        """What was too much an hour ago may not be now."""
        if self.per_minute < self._usual and now - self._limited > _RECOVERY:
            self.per_minute = min(self._usual, self.per_minute * 2)
            self._limited = now

    def _free(self, now: float) -> float:
        """When the hour has room for one more write."""
        while self._writes and self._writes[0] <= now - HOUR:
            self._writes.popleft()
        room = max(1, int(self.per_hour))
        return self._writes[len(self._writes) - room] + HOUR if len(self._writes) >= room else 0.0

    def _wait(self, seconds: float) -> None:
        """In pieces: what was told to end must not sleep for an hour after a signal that came too early."""
        until = self.clock() + seconds
        while (left := until - self.clock()) > 0:
            self.sleep(min(left, 5.0))


def in_words(seconds: float) -> str:
    """For a person: 40 s, 12 min, 3 h 20 min."""
    if seconds < 100:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    hours, rest = divmod(minutes, 60)
    if hours < 1 or minutes < 100:
        return f"{minutes} min"
    return f"{hours} h {rest} min" if rest else f"{hours} h"

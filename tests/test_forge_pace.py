"""How fast a forge is asked, and how long we wait for it. The clock is ours: nothing here takes time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime

import pytest

from runner.errors import UsageError
from runner.forges.asking import Asking, Broken, Reply
from runner.forges.connect import pace_of
from runner.forges.known import Kind, Known
from runner.forges.pace import Pace, in_words
from runner.forges.values import ForgeFailed

START = 1_800_000_000.0


@dataclass
class Clock:
    now: float = START
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        assert 0 < seconds <= 5, "what was told to end must not sleep on"
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def pace(clock: Clock, told: list[str]) -> Pace:
    return Pace(who="hub", clock=clock, sleep=clock.sleep, told=told.append)


def reply(code: int, message: str = "", **headers: str) -> Reply:
    return Reply(
        code=code, headers={k.replace("_", "-"): v for k, v in headers.items()}, text=json.dumps({"message": message})
    )


class Server:
    """Says one thing after the other, and notes when it was asked."""

    def __init__(self, clock: Clock, *answers: Reply | Broken) -> None:
        self.answers: Iterator[Reply | Broken] = iter(answers)
        self.clock = clock
        self.at: list[float] = []

    def __call__(self) -> Reply:
        self.at.append(self.clock.now - START)
        self.clock.now += 0.25
        answer = next(self.answers)
        if isinstance(answer, Broken):
            raise answer
        return answer


# ---- writes ------------------------------------------------------------------------------------


def test_writes_are_a_second_apart_and_reads_are_not(pace: Pace, clock: Clock) -> None:
    for _ in range(5):
        pace.before(write=False)
    assert clock.now == START
    for _ in range(5):
        pace.before(write=True)
        clock.now += 0.25
    assert clock.now == START + 4 + 0.25


def test_no_minute_has_more_than_eighty_writes_and_no_hour_more_than_five_hundred(pace: Pace, clock: Clock) -> None:
    at = []
    for _ in range(1100):
        pace.before(write=True)
        at.append(clock.now)
    assert max(sum(t <= s < t + 60 for s in at) for t in at) <= 80
    assert max(sum(t <= s < t + 3600 for s in at) for t in at) == 500
    assert at[-1] - at[0] < 2 * 3600 + 100


@pytest.mark.parametrize("writes", [0, 1, 10, 500, 501, 1300])
def test_the_estimate_is_what_it_takes(pace: Pace, clock: Clock, writes: int) -> None:
    pace.before(write=True)
    estimate, begun = pace.estimate(writes), clock.now
    for _ in range(writes):
        pace.before(write=True)
    took = clock.now - begun
    assert took <= estimate <= took + 2


# ---- limits ------------------------------------------------------------------------------------


def test_a_secondary_limit_is_waited_for_and_halves_the_rate(pace: Pace, clock: Clock, told: list[str]) -> None:
    server = Server(clock, reply(403, "You have exceeded a secondary rate limit.", retry_after="30"), reply(200))
    assert Asking(pace).ask("write", server, write=True).ok
    assert server.at == [0, 30.25]
    assert pace.per_minute == 30
    assert told == ["hub: waiting 30 s"]


def test_the_rate_comes_back_when_nothing_was_too_much_for_a_while(pace: Pace, clock: Clock) -> None:
    pace.limited(1)
    pace.limited(1)
    rates = []
    for _ in range(5):
        clock.now += 601
        pace.before(write=True)
        rates.append(pace.per_minute)
    assert rates == [30, 60, 60, 60, 60]


@pytest.mark.parametrize(
    ("refused", "waits"),
    [
        (reply(429, retry_after="7"), 7),
        (reply(403, "You have exceeded a secondary rate limit."), 60),
        (reply(403, "You have triggered an abuse detection mechanism."), 60),
        (reply(429), 60),
        (reply(403, "API rate limit exceeded", x_ratelimit_remaining="0", x_ratelimit_reset=f"{START + 90:.0f}"), 90.75),
        (reply(422, "Validation Failed: was submitted too quickly"), 60),
    ],
)  # fmt: skip
def test_a_forge_is_given_the_time_that_it_asks_for(pace: Pace, clock: Clock, refused: Reply, waits: float) -> None:
    server = Server(clock, refused, reply(200))
    assert Asking(pace).ask("read", server).ok
    assert server.at == [0, pytest.approx(waits + 0.25)]


def test_the_last_request_of_an_hour_is_followed_by_a_wait_and_not_by_a_refusal(pace: Pace, clock: Clock) -> None:
    last = reply(200, x_ratelimit_remaining="0", x_ratelimit_reset=f"{START + 100:.0f}")
    server = Server(clock, last, reply(200))
    asking = Asking(pace)
    asking.ask("read", server)
    asking.ask("read", server)
    assert server.at == [0, 101]
    assert pace.per_minute == 60


@pytest.mark.parametrize("ahead", [-7200, 7200])
def test_a_clock_that_is_wrong_is_no_reason_to_wait_longer(pace: Pace, clock: Clock, ahead: int) -> None:
    there = START - ahead
    headers = {"x_ratelimit_remaining": "0", "x_ratelimit_reset": f"{there + 90:.0f}"}
    server = Server(
        clock, reply(403, "limit", date=format_datetime(datetime.fromtimestamp(there, UTC)), **headers), reply(200)
    )
    assert Asking(pace).ask("read", server).ok
    assert server.at == [0, pytest.approx(91.25)]


def test_searches_are_counted_by_themselves(pace: Pace, clock: Clock) -> None:
    headers = {
        "x_ratelimit_remaining": "0",
        "x_ratelimit_reset": f"{START + 50:.0f}",
        "x_ratelimit_resource": "search",
    }
    server = Server(clock, reply(200, **headers), reply(200))
    asking = Asking(pace)
    asking.ask("search", server)
    asking.ask("read", server)
    assert server.at == [0, 0.25]


def test_what_would_take_hours_is_told_instead(pace: Pace, clock: Clock) -> None:
    server = Server(clock, reply(403, "limit", retry_after="86400"), reply(200))
    with pytest.raises(ForgeFailed, match="hub takes no more requests for 24 h; try again then") as raised:
        Asking(pace).ask("read", server)
    assert raised.value.again
    assert clock.slept == []


def test_a_forge_that_never_has_enough_is_given_up(pace: Pace, clock: Clock) -> None:
    server = Server(clock, *[reply(429, "Too many requests", retry_after="1")] * 20)
    with pytest.raises(ForgeFailed, match=r"hub did not read \(429\): Too many requests") as raised:
        Asking(pace).ask("read", server)
    assert raised.value.again
    assert len(server.at) == 7


def test_what_the_token_may_not_do_is_not_tried_again(pace: Pace, clock: Clock) -> None:
    server = Server(clock, reply(403, "Resource not accessible by personal access token"))
    with pytest.raises(ForgeFailed) as raised:
        Asking(pace).ask("read", server)
    assert (raised.value.code, raised.value.again, clock.slept) == (403, False, [])


def test_ctrl_c_ends_a_wait(clock: Clock) -> None:
    def interrupted(seconds: float) -> None:
        raise KeyboardInterrupt

    pace = Pace(who="hub", clock=clock, sleep=interrupted)
    server = Server(clock, reply(429, retry_after="3000"), reply(200))
    with pytest.raises(KeyboardInterrupt):
        Asking(pace).ask("read", server)
    assert len(server.at) == 1


# ---- unknown outcomes --------------------------------------------------------------------------

LOST = Broken("the connection broke", left=True)


def test_what_may_be_done_twice_is_sent_again(pace: Pace, clock: Clock) -> None:
    server = Server(clock, LOST, reply(502), reply(200))
    assert Asking(pace).ask("label", server, write=True).ok
    assert len(server.at) == 3


def test_what_was_done_is_not_done_again(pace: Pace, clock: Clock) -> None:
    server = Server(clock, LOST)
    found = reply(200, "found")
    assert Asking(pace).ask("open", server, write=True, repeatable=False, done=lambda: found) is found
    assert len(server.at) == 1


def test_what_was_not_done_is_sent_again(pace: Pace, clock: Clock) -> None:
    server = Server(clock, LOST, reply(201))
    assert Asking(pace).ask("open", server, write=True, repeatable=False, done=lambda: None).code == 201


def test_where_nobody_can_look_it_is_not_sent_again(pace: Pace, clock: Clock) -> None:
    server = Server(clock, LOST, reply(201))
    with pytest.raises(ForgeFailed, match="hub did not open: the connection broke") as raised:
        Asking(pace).ask("open", server, write=True, repeatable=False)
    assert raised.value.again
    assert len(server.at) == 1


def test_what_never_left_is_sent_again(pace: Pace, clock: Clock) -> None:
    server = Server(clock, Broken("no connection", left=False), reply(201))
    assert Asking(pace).ask("open", server, write=True, repeatable=False).code == 201


# ---- settings ----------------------------------------------------------------------------------

HUB = Known(kind=Kind.GITHUB, api="https://api.github.com")
SLOW = Known(kind=Kind.GITHUB, api="https://api.github.com", per_minute=20, per_hour=100)


@pytest.mark.parametrize(
    ("forge", "word", "minute", "hour"),
    [
        (HUB, "", 60, 500),
        (SLOW, "", 20, 100),
        (HUB, "30", 30, 500),
        (SLOW, "30", 30, 100),
        (HUB, "600", 600, 36_000),
        (HUB, "600,700", 600, 700),
    ],
)
def test_the_pace_is_the_users(forge: Known, word: str, minute: float, hour: float) -> None:
    pace = pace_of(forge, "hub", {"CODEMOD_PACE": word})
    assert (pace.per_minute, pace.per_hour) == (minute, hour)


@pytest.mark.parametrize("word", ["0", "-1", "fast", "nan"])
def test_a_pace_that_makes_no_sense_is_refused(word: str) -> None:
    with pytest.raises(UsageError, match="CODEMOD_PACE"):
        pace_of(HUB, "hub", {"CODEMOD_PACE": word})


def test_times_in_words() -> None:
    assert [in_words(s) for s in (0.1, 40, 720, 7200, 12_000)] == ["1 s", "40 s", "12 min", "2 h", "3 h 20 min"]

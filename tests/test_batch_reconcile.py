"""What is left to do for each item, from what is wanted and what there is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from runner.batch.reconcile import Limits, Todo, admitted, steps
from runner.batch.seen import HOLD, Seen, marker
from runner.batch.values import Item
from runner.forges.values import Checks, PullRequest, State, Status

BLOB = ("100644", "b" * 40)
WANTED = {"a/x.py": BLOB}


def item(key: str = "a", *paths: str, **rest: Any) -> Item:
    return Item(key=key, about=key, paths=paths or (f"{key}/x.py",), changes=(f"change-{key}",), **rest)


def pull(state: State = State.OPEN, number: int = 1, **rest: Any) -> PullRequest:
    values = {"url": "", "branch": "codemod/x/a", "sha": "", "base": "main", "title": "", "body": ""}
    return PullRequest(**{**values, "number": number, "state": state, **rest})


def seen(key: str = "a", **rest: Any) -> Seen:
    values: dict[str, Any] = {"tip": "1" * 40, "ours": True, "files": {f"{key}/x.py": BLOB}, "pull": pull()}
    return Seen(key=key, branch=f"codemod/x/{key}", **{**values, **rest})


OTHER = {"a/x.py": ("100644", "c" * 40)}
CASES = {
    "nothing is there": (None, {}, Todo.OPEN, True),
    "only its branch is there": (seen(pull=None), {}, Todo.OPEN, False),
    "an older branch is there": (seen(pull=None, files=OTHER), {}, Todo.OPEN, True),
    "open and the same": (seen(), {}, Todo.KEEP, False),
    "open with other content": (seen(files=OTHER), {}, Todo.UPDATE, True),
    "open with another mode": (seen(files={"a/x.py": ("100755", BLOB[1])}), {}, Todo.UPDATE, True),
    "open with a file more": (seen(files={**WANTED, "a/y.py": BLOB}), {}, Todo.UPDATE, True),
    "closed by a person": (seen(pull=pull(State.CLOSED)), {}, Todo.REJECTED, False),
    "closed, its branch gone": (seen(pull=pull(State.CLOSED), tip=None, ours=False), {}, Todo.REJECTED, False),
    "closed, to be opened again": (seen(pull=pull(State.CLOSED)), {"reopen": True}, Todo.OPEN, False),
    "a person has pushed": (seen(ours=False), {}, Todo.DIVERGED, False),
    "a person has pushed, no pull request": (seen(ours=False, pull=None), {}, Todo.DIVERGED, False),
    "a person's push to be replaced": (seen(ours=False, files=OTHER), {"overwrite": True}, Todo.UPDATE, True),
    "held by a label": (seen(files=OTHER, pull=pull(labels=("x", HOLD))), {}, Todo.HELD, False),
    "held and diverged": (seen(ours=False, pull=pull(labels=(HOLD,))), {"overwrite": True}, Todo.HELD, False),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_done_for_an_item(name: str) -> None:
    there, asked, todo, moves = CASES[name]
    (step,) = steps([item()], {"a": there} if there else {}, {"a": WANTED}, **asked)
    assert (step.todo, step.moves and step.todo in (Todo.OPEN, Todo.UPDATE)) == (todo, moves)
    assert bool(step.why) == (todo in (Todo.REJECTED, Todo.HELD, Todo.DIVERGED))


def test_what_is_not_wanted_any_more_is_told_where_it_is_open() -> None:
    there = {"a": seen(), "b": seen("b", pull=pull(State.MERGED)), "c": seen("c", pull=pull(State.CLOSED))}
    assert [(s.key, s.todo) for s in steps([], there, {})] == [("a", Todo.GONE)]


def wanted(*items: Item) -> dict[str, dict[str, tuple[str, str]]]:
    return {each.key: dict.fromkeys(each.paths, BLOB) for each in items}


def test_a_later_phase_waits_until_the_earlier_is_merged() -> None:
    items = [item("a"), item("b", phase=1), item("c", phase=2)]
    told = steps(items, {"a": seen()}, wanted(*items))
    assert [s.todo for s in told] == [Todo.KEEP, Todo.BLOCKED, Todo.BLOCKED]
    assert told[1].why == "phase 1 is not merged yet"
    assert [s.todo for s in steps(items[1:], {}, wanted(*items))] == [Todo.OPEN, Todo.BLOCKED]


def test_a_later_phase_does_not_build_on_what_was_closed() -> None:
    items = [item("a"), item("b", "a/x.py", phase=1), item("c", phase=1)]
    told = steps(items, {"a": seen(pull=pull(State.CLOSED))}, wanted(*items))
    assert [s.todo for s in told] == [Todo.REJECTED, Todo.BLOCKED, Todo.OPEN]
    assert told[1].why == "an earlier phase was closed that changes a/x.py"


# ---- waves -------------------------------------------------------------------------------------

NOW = 1_000_000.0
TEN = [item(f"{i}", owners=("@even" if i % 2 == 0 else "@odd",)) for i in range(10)]


def opened(limits: Limits, there: list[Seen] | None = None, statuses: dict[str, Status] | None = None) -> list[str]:
    """The keys that are opened of ten items."""
    known = {one.key: one for one in there or []}
    told = steps(TEN, known, wanted(*TEN))
    told = admitted(told, known.values(), limits, statuses or {}, NOW)
    assert all(s.why for s in told if s.todo is Todo.WAITING)
    return [s.key for s in told if s.todo is Todo.OPEN]


def there(*keys: str, state: State = State.OPEN, created: float = 0.0) -> list[Seen]:
    return [seen(key, pull=pull(state, int(key), created=created)) for key in keys]


def test_without_limits_all_are_opened() -> None:
    assert opened(Limits()) == [str(i) for i in range(10)]


def test_so_many_are_open_at_a_time() -> None:
    assert opened(Limits(open=3)) == ["0", "1", "2"]
    assert opened(Limits(open=3), there("0", "1")) == ["2"]
    assert opened(Limits(open=3), there("0", "1", "2")) == []
    assert opened(Limits(open=3), [*there("0", "1", state=State.MERGED), *there("2")])[:2] == ["0", "1"]


def test_so_many_of_an_owner_and_of_a_directory() -> None:
    assert opened(Limits(open_by_owner=2)) == ["0", "1", "2", "3"]
    assert opened(Limits(open_by_owner=2), there("0", "2")) == ["1", "3"]
    assert opened(Limits(open_by_directory=1), there("4")) == [str(i) for i in range(10) if i != 4]


def test_so_many_in_an_hour() -> None:
    assert opened(Limits(per_hour=3), there("0", created=NOW - 60)) == ["1", "2"]
    assert opened(Limits(per_hour=3), there("0", created=NOW - 3700)) == ["1", "2", "3"]
    closed = there("0", "1", "2", state=State.CLOSED, created=NOW - 60)
    assert opened(Limits(per_hour=3), closed) == []


@pytest.mark.parametrize(
    ("checks", "after"), [(Checks.PASSED, 8), (Checks.PENDING, 0), (Checks.NONE, 0), (Checks.FAILED, 0)]
)
def test_the_first_have_to_pass_their_checks(checks: Checks, after: int) -> None:
    limits = Limits(canary=2)
    assert opened(limits) == ["0", "1"]
    assert opened(limits, there("0"), {"0": Status(checks=Checks.PENDING)}) == ["1"]
    statuses = {"0": Status(checks=Checks.PASSED), "1": Status(checks=checks)}
    assert len(opened(limits, there("0", "1"), statuses)) == after


def test_the_first_may_be_merged_by_now() -> None:
    merged = there("0", "1", state=State.MERGED)
    told = admitted(steps(TEN[2:], {one.key: one for one in merged}, wanted(*TEN)), merged, Limits(canary=2), {}, NOW)
    assert [s.todo for s in told] == [Todo.OPEN] * 8


def test_nothing_is_opened_while_checks_fail() -> None:
    failing = {"0": Status(checks=Checks.FAILED), "1": Status(checks=Checks.FAILED)}
    known = {one.key: one for one in there("0", "1")}
    told = admitted(steps(TEN, known, wanted(*TEN)), known.values(), Limits(), failing, NOW)
    assert [s.todo for s in told] == [Todo.KEEP] * 2 + [Todo.WAITING] * 8
    assert told[2].why == "the checks of 0 and 1 more fail"


def test_what_is_open_is_updated_whatever_the_limits_say() -> None:
    known = {"0": replace(there("0")[0], files={"0/x.py": ("100644", "c" * 40)})}
    told = admitted(
        steps(TEN[:1], known, wanted(*TEN)), known.values(), Limits(open=1, canary=1, per_hour=1), {}, NOW
    )
    assert [s.todo for s in told] == [Todo.UPDATE]


# ---- markers -----------------------------------------------------------------------------------


def test_the_last_marker_of_a_body_counts() -> None:
    body = "text <!-- codemod:x/a plan=11111111 -->\nquoted\n<!-- codemod:x/b-2 plan=22222222 -->\n"
    assert marker(body) == {"batch": "x", "key": "b-2", "plan": "22222222"}
    assert marker("by hand") is None
    assert seen(pull=pull(body=body)).plan == "22222222"
    assert seen(pull=None).plan == ""

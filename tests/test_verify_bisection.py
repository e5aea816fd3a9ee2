"""Which of many changes break it: what is found, and by how many runs (spec: at most twice those of the table)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

import pytest

from runner.verify.bisection import Spent, Split, split

MANY = range(1700)


class Counted:
    """Passes where none of the culprits is there whole; a culprit may be one number or several together."""

    def __init__(self, *culprits: Collection[int], most: int = 10_000) -> None:
        self.culprits, self.most, self.runs = culprits, most, 0

    def passes(self, chosen: Sequence[int]) -> bool:
        if self.runs == self.most:
            raise Spent
        self.runs += 1
        there = {*chosen}
        return not any(there.issuperset(culprit) for culprit in self.culprits)


def left_out(found: Split[int]) -> list[int]:
    return [item for item, _ in found.guilty]


# the numbers are those of the design's table, where the first run of all and the last one are counted too
@pytest.mark.parametrize(
    ("culprits", "guilty", "most"),
    [
        pytest.param([[1234]], [1234], 13, id="one"),
        pytest.param([[3], [800], [1699]], [3, 800, 1699], 34, id="three"),
        pytest.param([[n * 140] for n in range(12)], [n * 140 for n in range(12)], 137, id="twelve"),
        pytest.param([[400, 1300]], [1300], 12, id="a pair"),
        pytest.param([[400, 1300], [20], [1500]], [20, 1300, 1500], 35, id="a pair and two"),
    ],
)
def test_the_guilty_are_found_with_few_runs(culprits: list[list[int]], guilty: list[int], most: int) -> None:
    counted = Counted(*culprits)
    assert not counted.passes(MANY)
    found = split(MANY, counted.passes)
    assert left_out(found) == guilty
    assert found.kept == tuple(n for n in MANY if n not in guilty)
    assert counted.passes(found.kept)
    assert counted.runs <= 2 * most
    assert counted.runs <= most + 2  # and in truth hardly more than it says


def test_each_guilty_one_comes_with_the_set_that_it_completed() -> None:
    found = split(range(8), Counted([5], [2]).passes)
    assert found.guilty == ((2, (0, 1, 2)), (5, (0, 1, 3, 4, 5)))


def test_suspects_are_asked_about_first() -> None:
    counted = Counted([2])
    assert left_out(split(MANY, counted.passes, ends=[4, 20])) == [2]
    assert counted.runs == 4  # the first four fail, the first two pass, the first three fail; the rest passes without


def test_ends_of_groups_move_with_what_is_left_out() -> None:
    counted = Counted([0], [1], [2], [900])
    assert left_out(split(MANY, counted.passes, ends=[3])) == [0, 1, 2, 900]


def test_all_may_be_guilty() -> None:
    found = split(range(5), Counted(*([n] for n in range(5))).passes)
    assert (found.kept, left_out(found)) == ((), [0, 1, 2, 3, 4])


def test_one_that_is_repaired_by_a_later_one_leaves_a_set_that_passes() -> None:
    """A prefix may fail and a longer one pass: what is kept has passed all the same."""

    def passes(chosen: Sequence[int]) -> bool:
        return not (3 in chosen and 6 not in chosen) and 8 not in chosen

    found = split(range(10), passes)
    assert passes(found.kept)
    assert left_out(found) == [3, 8]  # the first five, with 3 and without 6, fail


def test_what_failed_by_chance_is_asked_again_and_kept() -> None:
    chance = {(0, 1, 2, 3)}

    def passes(chosen: Sequence[int]) -> bool:
        return tuple(chosen) not in chance and 6 not in chosen

    def again(chosen: Sequence[int]) -> bool:
        chance.clear()
        return passes(chosen)

    found = split(range(8), passes, again=again)
    assert left_out(found) == [6]
    assert found.kept == (0, 1, 2, 3, 4, 5, 7)


def test_where_all_failed_by_chance_all_is_kept() -> None:
    found = split(range(3), lambda chosen: True, again=lambda chosen: True)
    assert (found.kept, found.guilty) == ((0, 1, 2), ())


@pytest.mark.parametrize("most", range(14))
def test_when_the_time_is_over_what_is_kept_has_passed(most: int) -> None:
    counted = Counted([3], [11], most=most)
    found = split(range(16), counted.passes)
    judge: Callable[[Sequence[int]], bool] = Counted([3], [11]).passes
    assert judge(found.kept)
    assert sorted([*found.kept, *left_out(found), *found.unjudged]) == [*range(16)]
    assert {*left_out(found)} <= {3, 11}

"""How the bench simulates a cluster: small ones, whose times can be told by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

BENCH = str(Path(__file__).parent / "bench")


@pytest.fixture(autouse=True)
def bench(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(BENCH)


def project(chunks: int, changed: int = 1) -> dict[str, Any]:
    """Reads for a second, has some chunks of 10 seconds (1 to send, 2 to receive), and ends in 3."""
    rounds = [{"before": 1.0, "chunks": [[1.0, 10.0, 2.0]] * chunks}]
    return {"scheduler": 0.0, "projects": [{"changed": changed, "rounds": rounds, "after": 3.0}]}


@pytest.mark.parametrize(
    ("chunks", "workers", "seconds"),
    [
        (1, 1, 1 + 1 + 10 + 2 + 3),
        (2, 1, 1 + 1 + 10 + 10 + 2 + 3),  # the second is sent while the first is worked on
        (2, 2, 1 + 1 + 10 + 2 + 2 + 3),  # both are done when the parent has time for the second
        (20, 1000, 1 + 20 * 1 + 20 * 2 + 3),  # the parent has no time to wait
    ],
)
def test_one_repository_by_hand(chunks: int, workers: int, seconds: float) -> None:
    from simulation import simulate

    found = simulate(project(chunks), workers=workers, repositories=1)
    assert found.seconds == pytest.approx(seconds)
    assert found.busiest == ("parent" if workers == 1000 else "workers")
    assert found.use["workers"] == pytest.approx(10 * chunks / workers / seconds)


def test_many_repositories_need_what_the_parent_needs() -> None:
    from simulation import simulate

    each = 1 + 3 * (1 + 2) + 3
    assert simulate(project(3), workers=1000, repositories=100).seconds == pytest.approx(100 * each, rel=0.02)
    assert simulate(project(3), workers=1, repositories=100).seconds == pytest.approx(100 * 30, rel=0.02)


def test_the_forge_takes_what_its_hour_allows() -> None:
    from simulation import PER_HOUR, WRITES, opened

    an_hour = PER_HOUR // WRITES
    assert opened([0.0]) < 2
    assert opened([0.0] * an_hour) < 3600
    assert 3600 <= opened([0.0] * (an_hour + 1)) < 3700
    assert opened([7200.0]) == pytest.approx(7200, abs=2)


def test_the_repositories_with_more_files_have_more_pull_requests() -> None:
    from simulation import simulate

    assert [simulate(project(1, n), workers=1, repositories=2).pulls for n in (0, 1, 100, 101)] == [0, 2, 2, 4]


def test_the_plot_holds_each_line() -> None:
    from simulation import plot

    drawn = plot({name: [(1, 10), (1000, 1000)] for name in ("a", "b", "c")})
    assert drawn.count("<polyline") == 3
    assert 'points="80.0,370.0 700.0,70.0"' in drawn

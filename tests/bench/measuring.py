"""One row of the benchmarks: two commands that run in turn, and what they took."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from corpus import ENV
from sdists import CACHE

HERE = Path(__file__).parent
SLOW = 120  # seconds: a peer that takes longer runs once


@dataclass(frozen=True)
class Command:
    """One side of a row: what runs, where, and what is put right before (not timed)."""

    title: str
    argv: tuple[str, ...]
    where: Path
    before: Callable[[], None] = lambda: None
    changed: Callable[[], int] | None = None  # files that the last run changed
    prime: bool = False  # run once before, so that its cache is warm
    prints: bool = False  # the last that the command prints are its own seconds
    share: float = 1  # the part of the corpus that it works on; its seconds are scaled up


@dataclass(frozen=True)
class Row:
    """`limit` is what ours may take, as a multiple of the peer; None where there is no goal."""

    name: str
    ours: Command
    peer: Command
    limit: float | None = None
    needs: str = ""  # the codemod without which the row cannot run
    runs: int = 3


@dataclass
class Side:
    seconds: list[float] = field(default_factory=list)
    megabytes: float = 0
    files: int | None = None

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


@dataclass(frozen=True)
class Result:
    row: Row
    ours: Side
    peer: Side

    @property
    def ratio(self) -> float:
        return self.ours.median / self.peer.median

    @property
    def met(self) -> str:
        if self.row.limit is None:
            return ""
        return "yes" if self.ratio <= self.row.limit else "**no**"


def measure(command: Command, side: Side) -> None:
    """One timed run; memory is that of the largest process of the tree."""
    command.before()
    environment = {**ENV, "PYTHONPATH": str(HERE), "PYTHONHASHSEED": "0"}
    start = time.perf_counter()
    with (CACHE / "bench.log").open("wb") as log:
        child = subprocess.Popen(command.argv, cwd=command.where, env=environment, stdout=log, stderr=log)
        _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    side.megabytes = max(side.megabytes, usage.ru_maxrss / 1024)
    child.returncode = code = os.waitstatus_to_exitcode(status)
    if code not in (0, 1, 3):  # 1: a search without a hit, a linter with one; 3: a file failed
        tail = (CACHE / "bench.log").read_text(errors="replace").strip()[-300:]
        raise SystemExit(f"error: {' '.join(command.argv)}: exit code {code}: {tail}")
    seconds = float((CACHE / "bench.log").read_text().split()[-1]) if command.prints else seconds
    side.seconds.append(seconds / command.share)
    if command.changed and side.files is None:
        side.files = command.changed()


def run(row: Row) -> Result:
    ours, peer = Side(), Side()
    for command in (row.peer, row.ours):
        if command.prime:
            measure(command, Side())
    for _ in range(row.runs):
        if not peer.seconds or peer.median * row.peer.share < SLOW:
            measure(row.peer, peer)
        measure(row.ours, ours)
    return Result(row, ours, peer)

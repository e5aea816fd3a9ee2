"""Programs whose broad handlers are narrowed, and which then run for real: whatever arrived at a handler still does.

A program in `narrowing/` says in `ARRIVE` which exception each of its drivers makes arrive, in `PROGRAMMING` the same of
mistakes, which may escape with `--unsafe` only, and in `NARROWED` where a clause must not be left alone.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

PROGRAMS = sorted((Path(__file__).parent / "narrowing").glob("*.py"))
ARRIVALS = Path(__file__).parent / "arrivals.py"
each_program = pytest.mark.parametrize("program", [pytest.param(p, id=p.stem) for p in PROGRAMS])


class Arrival(NamedTuple):
    expected: str  # the type that the driver makes arrive
    result: str
    escaped: str  # the type of what left the driver
    seen: list[str]  # the types that passed through a frame of the program


@pytest.fixture(scope="module")
def arrivals(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Arrival]]:
    """All programs, run in one process."""
    top = tmp_path_factory.mktemp("narrowing")
    command = [sys.executable, "-I", str(ARRIVALS), str(PROGRAMS[0].parent)]
    run = subprocess.run(command, cwd=top, capture_output=True, text=True, check=True, timeout=120)
    (said,) = json.loads(run.stdout).values()
    return {name: [Arrival(*a) for a in found] for name, found in said.items()}


@each_program
def test_what_is_said_to_arrive_does_arrive_and_is_handled(program: Path, arrivals: dict[str, list[Arrival]]) -> None:
    found = arrivals[program.stem]
    assert found
    assert [a for a in found if a.escaped or a.expected not in a.seen] == []


def test_there_are_many_programs() -> None:
    assert len(PROGRAMS) >= 80

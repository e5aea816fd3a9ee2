"""`make` alone shows what there is, and the set-up says what it is doing."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAKE = shutil.which("make") or ""
pytestmark = pytest.mark.skipif(not MAKE, reason="there is no make here")


def make(*words: str) -> str:
    done = subprocess.run(
        [MAKE, "-C", str(ROOT), "--no-print-directory", *words], capture_output=True, text=True, check=True
    )
    return done.stdout


def test_make_alone_shows_every_target_and_does_nothing(tmp_path: Path) -> None:
    phony = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.M)
    assert phony
    shown = make(f"VENV={tmp_path}/venv").splitlines()
    assert [line.split()[1] for line in shown if line.startswith("make ")] == phony[1].split()
    assert max(map(len, shown)) <= 100 + len(str(tmp_path))
    assert not (tmp_path / "venv").exists()
    assert make("help", f"VENV={tmp_path}/venv").splitlines() == shown


@pytest.mark.parametrize("target", ["demo", "test", "check", "bench", "realworld"])
def test_each_target_that_sets_up_says_each_step_in_a_line(tmp_path: Path, target: str) -> None:
    planned = make("-n", target, f"VENV={tmp_path}/venv").splitlines()
    steps = [line.removeprefix("echo ").strip('"') for line in planned if line.startswith("echo ")]
    assert [step.split()[:2] for step in steps] == [["1/3", "making"], ["2/3", "installing"], ["3/3", "installing"]]
    assert any(line.startswith(f"{tmp_path}/venv/bin/") for line in planned[-1:])

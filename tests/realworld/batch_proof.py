"""A batch through everything that can go wrong: `--batches [ROUNDS]`, a thousand without.

Five items: each request of a run fails once, in each way that there is, and then two requests at a time, ROUNDS times
(seeded). Twelve items: killed at eight moments, its state deleted, ten times over. Forty open pull requests: their
base moves twenty times. After each, one more run brings the same pull requests, and nothing twice.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

TOP = Path(__file__).parents[2]


def main(arguments: Sequence[str]) -> int:
    rounds = arguments[0] if arguments else "1000"
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--durations", "10", "tests/test_batch_faults.py"]
    return subprocess.run(command, cwd=TOP, env=os.environ | {"LONG_TESTS": rounds}, check=False).returncode

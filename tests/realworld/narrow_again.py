"""pytest -p narrow_again: run a test once for each exception that is to be raised in a clause that it enters.

$NARROW_JOBS is a JSON file: test → [[clause, type], …]. Tests that it does not name are not run.
"""

from __future__ import annotations

import builtins
import contextlib
import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

JOBS: dict[str, list[tuple[int, str]]] = json.loads(Path(os.environ["NARROW_JOBS"]).read_text())
SECONDS = 20


class Hangs(BaseException):
    """A test that waits for what an exception of ours prevented."""


def _stop(*_: object) -> None:
    raise Hangs


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items[:] = [item for item in items if item.nodeid in JOBS]


def pytest_runtest_protocol(item: Any, nextitem: Any) -> bool:
    signal.signal(signal.SIGALRM, _stop)
    os.environ["PYTEST_CURRENT_TEST"] = f"{item.nodeid} (call)"
    jobs = JOBS[item.nodeid]
    for number, (clause, text) in enumerate(jobs, 1):
        builtins.__narrow_aim__(clause, text)  # type: ignore[attr-defined]
        with open(os.environ["NARROW_LOG"], "a") as log:
            log.write(json.dumps({"clause": clause, "text": text, "what": "begun"}) + "\n")
        signal.alarm(SECONDS)
        with contextlib.suppress(Hangs):
            if hasattr(item, "_initrequest"):
                item._initrequest()
            runtestprotocol(item, log=False, nextitem=item if number < len(jobs) else nextitem)
        signal.alarm(0)
    builtins.__narrow_aim__(-1, "")  # type: ignore[attr-defined]
    return True

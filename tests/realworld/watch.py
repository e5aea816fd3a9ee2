"""pytest -p watch: which definition every request reaches, and how every test ended, as JSON lines.

$WATCH_FIXTURES gets one line per collected test: the requests that start it (in order) and the
edges of its fixture graph, each [who asks, by which name, which definition answers]. A definition
is `file:line`, so a rename that moves no line changes nothing but the names. $WATCH_OUTCOMES gets
one line per test that ran.
"""

from __future__ import annotations

import inspect
import json
import os
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

Edge = tuple[str, str, str]


def place(definition: Any) -> str:
    """Where a fixture's function stands, seen through partials, bound methods and wrappers."""
    function = definition.func
    while True:
        inner = getattr(function, "func", None) or getattr(function, "__func__", None)
        inner = inner or getattr(function, "__wrapped__", None)
        if inner is None:
            break
        function = inner
    code = getattr(function, "__code__", None)
    if code is None:
        return f"<{type(function).__name__}>"
    return f"{os.path.relpath(inspect.getfile(code))}:{code.co_firstlineno}"


def edges(
    names: Sequence[str], visible: dict[str, Sequence[Any]], asker: str, path: tuple[str, ...]
) -> Iterator[Edge]:
    """Follow requests as pytest does: a name asked for again on the way up means the next one out."""
    for name in names:
        answers = visible.get(name, ())
        level = path.count(name) + 1
        if level > len(answers):
            yield asker, name, "<nothing>"
            continue
        found = answers[-level]
        yield asker, name, place(found)
        if len(path) < 60:
            yield from edges(found.argnames, visible, place(found), (*path, name))


def pytest_collection_finish(session: pytest.Session) -> None:
    target = os.environ.get("WATCH_FIXTURES")
    if not target:
        return
    with open(target, "w") as out:
        for item in session.items:
            info = getattr(item, "_fixtureinfo", None)
            marks = sorted(mark.name for mark in item.iter_markers())
            record: dict[str, Any] = {"id": item.nodeid, "marks": marks, "asks": [], "edges": []}
            if info is not None:
                asks = list(info.initialnames)
                record["asks"] = asks
                record["order"] = list(info.names_closure)
                visible = info.name2fixturedefs
                record["edges"] = sorted(set(edges(asks, visible, "test", ())))
            out.write(json.dumps(record) + "\n")


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    target = os.environ.get("WATCH_OUTCOMES")
    if target and (report.when == "call" or report.outcome != "passed"):
        outcome = "xfail" if hasattr(report, "wasxfail") else report.outcome
        with open(target, "a") as out:
            out.write(json.dumps([report.nodeid, report.when, outcome]) + "\n")

"""What pytest itself collects, and which fixtures it gives to each test, beside what the model in facts/suite/ says.

Each project is collected by pytest in a process of its own, forked from one that has imported pytest.
"""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from codemods.engine.known import Project
from codemods.engine.source import Source
from codemods.engine.tables import table
from codemods.engine.values import Unreadable
from codemods.engine.world import CONFIG_FILES, matches_glob
from codemods.facts.modules import Modules
from codemods.facts.origins import Origins
from codemods.facts.suite.build import build
from codemods.facts.suite.collect import Item
from codemods.facts.suite.requests import LIBRARIES
from codemods.facts.suite.resolve import Suite
from codemods.facts.suite.scan import scan
from codemods.facts.suite.tests import Test

# Collects every project below the folder that it is given: per test each fixture with its definition's place.
COLLECT = """
import contextlib, inspect, io, json, os, sys
import pytest

class Recorder:
    def __init__(self):
        self.tests = {}
    def pytest_collection_finish(self, session):
        for item in session.items:
            info = getattr(item, "_fixtureinfo", None)
            self.tests[item.nodeid.partition("[")[0]] = {
                name: [place(d.func) for d in used(name, found)]
                for name, found in (info.name2fixturedefs if info else {}).items()
            }

def used(name, found):
    count = 1
    while count < len(found) and name in found[-count].argnames:
        count += 1
    return found[-count:]

def place(function):
    function = inspect.unwrap(getattr(function, "__func__", function))
    code = getattr(function, "__code__", None)
    path = os.path.relpath(code.co_filename) if code else ""
    return "" if path.startswith("..") else f"{path}:{code.co_firstlineno}"

def collect(folder):
    os.chdir(folder)
    sys.path.insert(0, folder)
    recorder = Recorder()
    with contextlib.redirect_stdout(io.StringIO()):
        code = pytest.main(["--collect-only", "-q", "--assert=plain", "-p", "no:cacheprovider", "-W", "ignore"], [recorder])
    return recorder.tests if code in (0, 5) else None

for name in sorted(os.listdir(sys.argv[1])):
    sys.stdout.flush()
    read, write = os.pipe()
    if (child := os.fork()) == 0:
        os.close(read)
        try:
            tests = collect(os.path.join(sys.argv[1], name))
        except BaseException:
            tests = None
        with os.fdopen(write, "w") as out:
            json.dump(tests, out)
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as answer:
        print(json.dumps([name, json.load(answer)]))
    os.waitpid(child, 0)
"""

Files = Mapping[str, bytes]
# test → fixture → the definition that it gets, and those that this one overrides and requests
Tests = dict[str, dict[str, list[str]]]


def collected(top: Path, projects: Mapping[str, Files]) -> dict[str, Tests | None]:
    """What pytest collects of each project; None where it cannot."""
    for name, files in projects.items():
        for path, data in files.items():
            (top / name / path).parent.mkdir(parents=True, exist_ok=True)
            (top / name / path).write_bytes(data)
    command = [sys.executable, "-c", COLLECT, str(top)]
    env = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run(command, cwd=top, env=env, capture_output=True, text=True, check=True)
    return dict(json.loads(line) for line in done.stdout.splitlines())


def suite_of(files: Files) -> Suite:
    """The model of a project; a file that cannot be parsed is no part of it."""
    texts = {p: d.decode("utf-8", "replace") for p, d in files.items() if matches_glob(p, CONFIG_FILES)}
    project = Project(paths=tuple(files), texts=texts)
    sources = {p: Source(p, d) for p, d in files.items() if p.endswith(".py") and _is_readable(p, d)}
    tables = {p: table(s) for p, s in sources.items()}
    origins = Origins(tables, project.once(Modules), LIBRARIES, tables)
    parts = {p: scan(Source(p, files[p], origins.of(p, files[p]))) for p in sources}
    return build(parts, project)


def _is_readable(path: str, data: bytes) -> bool:
    try:
        return Source(path, data).tree is not None
    except Unreadable:
        return False


def modelled(suite: Suite, files: Files, everywhere: bool = False) -> dict[str, set[str]]:
    """Each test with the places of the fixtures that it gets before it runs, as pytest counts lines; with `everywhere`
    also outside of testpaths."""
    lines: dict[str, dict[int, int]] = {}
    found = {}
    for path in suite.files:
        for item in suite.items(path) if everywhere or suite.config(path).in_testpaths(path) else ():
            used = _used(suite, item)
            for where in {where for where, _ in used} - lines.keys():
                lines[where] = _first_lines(Source(where, files[where]).tree)
            found[item.nodeid] = {f"{where}:{lines[where].get(test.line, test.line)}" for where, test in used}
    return found


def _first_lines(tree: ast.Module) -> dict[int, int]:
    """The first line of each function, decorators counted, by that of its `def`."""
    nodes = (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
    return {n.lineno: min([n.lineno, *(d.lineno for d in n.decorator_list)]) for n in nodes}


def _used(suite: Suite, item: Item) -> list[tuple[str, Test]]:
    """The closure of a test without what it asks for while it runs."""
    found: list[tuple[str, Test]] = []
    todo: list[tuple[str, Test | None]] = [(n, None) for n in [*suite.fixtures.autouse(item), *item.requests]]
    while todo:
        name, asker = todo.pop()
        beyond = asker if asker is not None and asker.fixture is not None and asker.fixture.name == name else None
        for where, test in suite.fixtures.of(item, name, beyond)[:1] if name not in item.direct else ():
            if (where, test) not in found:
                found.append((where, test))
                todo += [(n, test) for n in test.params]
    return found


def theirs(tests: Tests) -> dict[str, set[str]]:
    """The same as pytest says it: what plugins outside of the project give left out."""
    return {test: {p for places in names.values() for p in places if p} for test, names in tests.items()}

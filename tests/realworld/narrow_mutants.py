"""Mutation check of narrowed clauses: `run.py --narrow mutants [NAME…]`.

Of every clause that `--unsafe` narrows in a project and that a test enters: each exception of the new types, raised at a call in
the body, must reach the handler; one outside of them must not. The calls are put into a copy; the project's own tests enter
the clauses. What a test enters in a process of its own, or at import, is raised in one by one.
"""

from __future__ import annotations

import argparse
import ast
import dataclasses
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import trees
from corpus import ENV, git
from narrow_projects import NARROW
from narrow_sites import NAME, handlers, read, run
from suites import Suite

from codemods.engine.names import Names
from codemods.engine.source import Source

HERE = Path(__file__).parent
BRANCH, PROBED = f"codemod/{NAME}", "probed"
PROJECTS = ("boltons", "gql")
SECONDS = 900  # for one process with many tests
ONE = 60  # and for one with a single test
OUTSIDE, BEYOND = "", "-"  # an exception that no clause names; one that `except Exception` does not take, either


@dataclass(frozen=True, eq=False)
class Clause:
    """A narrowed one: `node` in the file as it is now."""

    path: str
    line: int
    node: ast.ExceptHandler | ast.Call
    statement: ast.Try | ast.TryStar | ast.With | ast.AsyncWith
    types: tuple[str, ...]


def _suppressing(file: Source) -> list[tuple[ast.Call, ast.With | ast.AsyncWith]]:
    names = file.once(Names)
    return [
        (item.context_expr, node)
        for node in ast.walk(file.tree)
        if isinstance(node, ast.With | ast.AsyncWith)
        for item in node.items
        if isinstance(item.context_expr, ast.Call) and names.meaning(item.context_expr.func) == "contextlib.suppress"
    ]


def narrowed(folder: Path) -> Iterator[tuple[Source, list[Clause]]]:
    """The clauses of each file whose types differ on the branch."""
    for path in git(folder, "diff", "--name-only", "-z", "main", BRANCH, "--", "*.py").split("\0"):
        before, after = (
            path and read(path, git(folder, "show", f"{side}:{path}").encode()) for side in ("main", BRANCH)
        )
        if not before or not after:
            continue
        found = []
        for was, now in zip(handlers(before), handlers(after), strict=True):
            if was.types != now.types:
                found.append(Clause(path, was.node.lineno, now.node, now.statement, now.types))
        for (old, _), (new, statement) in zip(_suppressing(before), _suppressing(after), strict=True):
            if ast.dump(old) != ast.dump(new):
                found.append(Clause(path, old.lineno, new, statement, tuple(map(ast.unparse, new.args))))
        if found:
            yield after, found


def probed(file: Source, clauses: dict[int, Clause]) -> bytes:
    """The file with a call first in the body and first in the handler of each clause."""
    inserted: list[tuple[int, str]] = []
    for number, clause in clauses.items():
        inserted.append(_first(file, clause.statement.body[0], f"__narrow_body__({number})"))
        if isinstance(clause.node, ast.ExceptHandler):
            inserted.append(_first(file, clause.node.body[0], f"__narrow_handler__({number})"))
        else:
            start, end = file.span(clause.node)
            inserted += [(start, f"__narrow_manager__({number}, "), (end, ")")]
    text = file.text
    for offset, new in sorted(inserted, key=lambda one: one[0], reverse=True):
        text = text[:offset] + new + text[offset:]
    return file.encoded(text)


def _first(file: Source, statement: ast.stmt, call: str) -> tuple[int, str]:
    start = file.line_starts[file.first_line(statement) - 1]
    margin = file.line(file.first_line(statement))
    margin = margin[: len(margin) - len(margin.lstrip())]
    if file.text[start : file.start(statement)].strip() and not getattr(statement, "decorator_list", ()):
        return file.start(statement), f"{call}; "  # on the line of `try:` or of `except …:`
    return start, f"{margin}{call}{file.newline}"


def instrument(folder: Path) -> dict[int, Clause]:
    """Commit the probed tree on a branch of its own."""
    git(folder, "checkout", "-qfB", PROBED, BRANCH)
    known: dict[int, Clause] = {}
    for file, found in narrowed(folder):
        mine = dict(enumerate(found, len(known)))
        known |= mine
        (folder / file.path).write_bytes(probed(file, mine))
    git(folder, "commit", "-qam", "probed", "--allow-empty")
    git(folder, "checkout", "-qf", "main")
    return known


def pytest(suite: Suite, folder: Path, log: Path, more: tuple[str, ...] = (), **environment: str) -> None:
    """Run tests on what is checked out there."""
    words = ["-m", "pytest", "-q", "-p", "no:cacheprovider", *more, *suite.command]
    started(suite, folder, log, words, SECONDS if "::" not in suite.command[-1] else ONE, **environment)


def started(suite: Suite, folder: Path, log: Path, words: list[str], seconds: int, **environment: str) -> None:
    """Start the project's Python; what the clauses tell goes to the log."""
    path = [str(folder / suite.path), str(HERE / "probe"), str(HERE)]
    env = {**ENV, "PYTHONPATH": os.pathsep.join(path), "NARROW_LOG": str(log), "PYTHONHASHSEED": "0", **environment}
    command = [str(trees.interpreter(suite)), *words]
    with log.with_suffix(".txt").open("w") as out:
        try:
            subprocess.run(
                command, cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=out, timeout=seconds
            )
        except subprocess.TimeoutExpired:
            print(f"{suite.sdist.label}: a run took more than {seconds} s", file=sys.stderr)


def records(log: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []


def entered(suite: Suite, folder: Path, into: Path) -> dict[int, str]:
    """A test for each clause that one enters; "" where that is an import alone."""
    log = into / "map.jsonl"
    pytest(suite, folder, log, NARROW_MAP="1")
    tests: dict[int, str] = {}
    for record in records(log):
        tests[record["clause"]] = tests.get(record["clause"]) or record["test"]
    return tests


Job = tuple[int, str]


def raised(
    suite: Suite, folder: Path, into: Path, jobs: dict[str, list[Job]], known: dict[int, Clause]
) -> dict[Job, set[str]]:
    """What came of each job: "raised", "caught". A job that ends its process is not begun again."""
    log, file = into / "raised.jsonl", into / "jobs.json"
    todo = {test: list(mine) for test, mine in jobs.items() if test}
    told: dict[Job, set[str]] = {}
    while any(todo.values()):
        file.write_text(json.dumps({test: mine for test, mine in todo.items() if mine}))
        pytest(suite, folder, log, ("-p", "narrow_again"), NARROW_JOBS=str(file))
        for record in records(log):
            told.setdefault((record["clause"], record["text"]), set()).add(record["what"])
        left = {test: [job for job in mine if job not in told] for test, mine in todo.items()}
        if left == todo:
            break
        todo = left
    for test, mine in jobs.items():  # in a process of the test's, or at import
        for job in mine:
            if not {"raised", "unresolved"} & told.get(job, set()):
                single = into / "single.jsonl"
                single.unlink(missing_ok=True)
                again(suite, folder, single, test or known[job[0]].path, NARROW_RAISE=json.dumps(job))
                told[job] = {r["what"] for r in records(single) if (r["clause"], r["text"]) == job}
    return told


def outside(clause: Clause) -> str:
    return BEYOND if "Exception" in clause.types else OUTSIDE  # a bare clause may become `except Exception`


def again(suite: Suite, folder: Path, log: Path, what: str, **environment: str) -> None:
    """Run one test, or import the module of a path, in a process of its own."""
    if "::" in what:
        return pytest(dataclasses.replace(suite, command=(*suite.command[:-1], what)), folder, log, **environment)
    module = what.removeprefix(f"{suite.path}/").removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    started(suite, folder, log, ["-c", f"import {module}"], ONE, **environment)


def prove(suite: Suite) -> list[str]:
    folder, into = trees.source(suite), trees.home(suite) / "mutants"
    into.mkdir(parents=True, exist_ok=True)
    for old in into.glob("*.jsonl"):
        old.unlink()
    if git(folder, "branch", "--list", BRANCH).strip():
        git(folder, "branch", "-qD", BRANCH)
    run(folder, "--unsafe", "--branch", BRANCH, "--force")
    if not git(folder, "branch", "--list", BRANCH).strip():
        return [f"{suite.sdist.label}: nothing is narrowed, so nothing is proven"]
    known = instrument(folder)
    git(folder, "checkout", "-qf", PROBED)
    tests = entered(suite, folder, into)
    jobs: dict[str, list[Job]] = {}
    for number, test in sorted(tests.items()):
        jobs.setdefault(test, []).extend((number, text) for text in (*known[number].types, outside(known[number])))
    told = raised(suite, folder, into, jobs, known)
    git(folder, "checkout", "-qf", "main")
    git(folder, "clean", "-qfd")
    wrong, silent, caught, passed = [], [], 0, 0
    for job in (job for mine in jobs.values() for job in mine):
        number, text = job
        inside = text not in (OUTSIDE, BEYOND)
        where = f"{suite.sdist.label}: {known[number].path}:{known[number].line} ({', '.join(known[number].types)})"
        ends = told.get(job, set())
        if "unresolved" in ends:
            wrong.append(f"{where}: {text} is no name there")
        elif "raised" not in ends:
            silent.append(
                f"{where}: {text if inside else 'one outside'} was never raised by {tests[number] or 'an import'}"
            )
        elif ("caught" in ends) == inside:
            caught, passed = caught + inside, passed + (not inside)
        else:
            wrong.append(f"{where}: {text if inside else 'one outside'} {'passes' if inside else 'is caught'}")
    print(
        f"{suite.sdist.label}: {len(known)} clauses narrowed, {len(tests)} entered by a test; of {sum(map(len, jobs.values()))} "
        f"exceptions {caught} are caught, {passed} outside pass, {len(wrong)} are wrong, {len(silent)} could not be raised",
        flush=True,
    )
    for line in silent:
        print(f"  {line}")
    return wrong


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="run.py --narrow mutants", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"projects; {' and '.join(PROJECTS)} without")
    chosen = parser.parse_args(arguments)
    known = {suite.sdist.name: suite for suite in NARROW}
    if unknown := set(chosen.names) - known.keys():
        parser.error(f"no project {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    wrong = [line for name in chosen.names or PROJECTS for line in prove(known[name])]
    for line in wrong:
        print(line, file=sys.stderr)
    return bool(wrong)

"""Programs whose broad handlers are narrowed, and which then run for real: whatever arrived at a handler still does.

A program in `narrowing/` says in `ARRIVE` which exception each of its drivers makes arrive, in `PROGRAMMING` the same of
mistakes, which may escape with `--unsafe` only, and in `NARROWED` where a clause must not be left alone.
"""

from __future__ import annotations

import ast
import functools
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from codemods.engine import golden
from codemods.engine.source import Source
from codemods.facts.exceptions.broad import broad_clauses

PROGRAMS = sorted((Path(__file__).parent / "narrowing").glob("*.py"))
ARRIVALS = Path(__file__).parent / "arrivals.py"
MISTAKES = {"TypeError", "AttributeError", "NameError", "AssertionError", "NotImplementedError"}


# programs run in one process: a process for each would be dear, and one for all is run by every worker of the tests
EACH = 15


# of each program, next to all other tests of it: one worker runs them
each_program = pytest.mark.parametrize("program", [pytest.param(p, id=p.stem) for p in PROGRAMS], scope="module")


class Arrival(NamedTuple):
    expected: str  # the type that the driver makes arrive
    result: str
    escaped: str  # the type of what left the driver
    seen: list[str]  # the types that passed through a frame of the program


@functools.cache
def narrowed(program: Path, *arguments: str) -> bytes:
    """What the codemod makes of a program."""
    text = program.read_bytes()
    changed = golden.run("narrow-except", arguments, {program.name: text}).changed
    return changed.get(program.name) or text


@pytest.fixture(scope="module")
def arrivals(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Path], list[Arrival]]:
    """What arrives in a program "before", as it is, narrowed "safe"ly, and narrowed with --unsafe."""
    some = functools.cache(lambda number: run_some(number, tmp_path_factory.mktemp("narrowing")))
    return lambda way, program: some(PROGRAMS.index(program) // EACH)[way][program.stem]


def run_some(number: int, top: Path) -> dict[str, dict[str, list[Arrival]]]:
    """Some of the programs in each of the three ways: all of them run in one process."""
    for way, arguments in {"before": None, "safe": (), "unsafe": ("--unsafe",)}.items():
        (top / way).mkdir()
        for program in PROGRAMS[number * EACH :][:EACH]:
            text = program.read_bytes() if arguments is None else narrowed(program, *arguments)
            (top / way / program.name).write_bytes(text)
    command = [sys.executable, "-I", str(ARRIVALS), "before", "safe", "unsafe"]
    run = subprocess.run(command, cwd=top, capture_output=True, text=True, check=True, timeout=120)
    said = json.loads(run.stdout)
    return {way: {name: [Arrival(*a) for a in found] for name, found in said[way].items()} for way in said}


@each_program
def test_what_is_said_to_arrive_does_arrive_and_is_handled(
    program: Path, arrivals: Callable[[str, Path], list[Arrival]]
) -> None:
    found = arrivals("before", program)
    assert found
    assert [a for a in found if a.escaped or a.expected not in a.seen] == []


@each_program
def test_nothing_escapes_where_only_safe_changes_are_made(
    program: Path, arrivals: Callable[[str, Path], list[Arrival]]
) -> None:
    assert arrivals("safe", program) == arrivals("before", program)


@each_program
def test_only_mistakes_escape_with_unsafe(program: Path, arrivals: Callable[[str, Path], list[Arrival]]) -> None:
    pairs = list(zip(arrivals("before", program), arrivals("unsafe", program), strict=True))
    assert [(old, new) for old, new in pairs if new != old and new.escaped not in MISTAKES] == []
    assert [new for _, new in pairs if new.escaped not in ("", new.expected)] == []


def functions(tree: ast.Module) -> dict[str, ast.AST]:
    """The functions and methods of a program by name."""
    found: dict[str, ast.AST] = {}
    for node in tree.body:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                found[node.name] = node
            case ast.ClassDef():
                found |= {f"{node.name}.{name}": f for name, f in functions(ast.Module(node.body, [])).items()}
    return found


def broad(text: bytes) -> set[str]:
    """The functions that hold a broad clause."""
    file = Source("program.py", text)
    lines = [clause.line for clause in broad_clauses(file)]
    spans = {name: range(f.lineno, (f.end_lineno or 0) + 1) for name, f in functions(file.tree).items()}
    return {name for name, span in spans.items() if any(line in span for line in lines)}


def expected(program: Path) -> set[str]:
    """Where a program says that a clause is narrowed."""
    for node in ast.parse(program.read_bytes()).body:
        match node:
            case ast.Assign(targets=[ast.Name(id="NARROWED")], value=value):
                return set(ast.literal_eval(value))
    return set()


@each_program
def test_a_clause_over_known_calls_is_narrowed(program: Path) -> None:
    """So that the programs do not pass because all is left alone."""
    assert expected(program) <= broad(program.read_bytes()), "they hold broad clauses at first"
    assert expected(program) & broad(narrowed(program, "--unsafe")) == set()


def test_there_are_many_programs_and_most_are_narrowed() -> None:
    assert len(PROGRAMS) >= 80
    assert len([p for p in PROGRAMS if expected(p)]) >= 60

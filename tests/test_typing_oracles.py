"""What modernize-typing writes holds against what ruff fixes, over all golden cases."""

from __future__ import annotations

import ast
import json
import re
import subprocess
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from codemods.engine import golden
from codemods.engine.codemod import options_as
from codemods.engine.known import Known
from codemods.engine.options import parse_arguments
from codemods.engine.registry import load
from codemods.engine.source import Source
from codemods.engine.values import Unreadable
from codemods.modernize_typing import ModernizeTyping
from codemods.modernize_typing.actions import Action, Span, TypeReading
from codemods.modernize_typing.facts import Choices
from codemods.modernize_typing.file import Work
from runner.services import LocalServices, ruff_binary

GOLDEN = Path(__file__).parent.parent / "golden" / "modernize_typing"
NAME = "modernize-typing"


@cache
def _readings() -> list[tuple[Source, TypeReading]]:
    """Every type expression of every case in which something is to be done, as the codemod reads it."""
    return [found for where in golden.cases(GOLDEN) for found in _of_case(golden.load_case(where))]


def _of_case(case: golden.Case) -> Iterator[tuple[Source, TypeReading]]:
    arguments = [a for a in case.arguments if a != "--unsafe"]
    codemod = ModernizeTyping(**dict(parse_arguments(load(NAME), arguments)))
    world = golden.MemoryWorld(case.before, LocalServices())
    files = {p: Source(p, d) for p, d in case.before.items() if p.endswith((".py", ".pyi"))}
    known = Known(project=world.project(), facts={p: codemod.scan(f) for p, f in files.items()})
    for path, mine in codemod.decide(known, files).by_path.items():
        file = files[path]
        work = Work(options_as(codemod, Choices), file, mine)
        try:
            list(work.results())
        except Unreadable:  # syntax of a newer Python
            continue
        yield from ((file, reading) for reading in work.readings if reading.actions)


@pytest.fixture(scope="module")
def ruff(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Mapping[Span, str]]:
    """What ruff would put in the place of which span, by a file's text: one process for all cases."""
    folder = tmp_path_factory.mktemp("ruff")
    texts = sorted({file.text for file, _ in _readings()})
    for number, text in enumerate(texts):
        (folder / f"{number}.py").write_text(text, newline="")
    command = [ruff_binary(), "check", "--isolated", "--no-cache", "--exit-zero", "--output-format", "json-lines"]
    rules = ["--select", "UP006,UP007,UP037,UP045", "--target-version", "py310", "--ignore-noqa"]
    lines = subprocess.run([*command, *rules, folder], capture_output=True, check=True).stdout.splitlines()
    found: dict[str, dict[Span, str]] = {text: {} for text in texts}
    for diagnostic in map(json.loads, lines):
        text = texts[int(Path(diagnostic["filename"]).stem)]
        starts = Source("a.py", text.encode()).line_starts
        for edit in (diagnostic["fix"] or {}).get("edits", ()):
            start, end = (starts[e["row"] - 1] + e["column"] - 1 for e in (edit["location"], edit["end_location"]))
            found[text][start, end] = edit["content"]
    return found


def test_what_is_written_is_what_ruff_fixes(ruff: Mapping[str, Mapping[Span, str]]) -> None:
    """Where both rewrite the very same characters; ruff knows of no names that are taken in a class."""
    compared, different = 0, []
    for file, reading in _readings():
        once = any(a.kind == "chain" for a in reading.actions)  # ruff writes what occurs twice a second time
        for action in reading.actions if not once else ():
            theirs = ruff[file.text].get(action.span)
            if theirs is not None:
                ours = _written(file, action)
                compared += 1
                if _plain(ours) != _plain(theirs):
                    different.append((file.path, ours, theirs))
    assert not different
    assert compared > 300


def _written(file: Source, action: Action) -> str:
    if action.kind != "union":
        return action.text
    operands = [file.text[start:end] for start, end in action.operands]
    return " | ".join([*operands, "None"] if action.none else operands)


def _plain(text: str) -> str:
    """A type without layout, comments and module names; `type[Any]` is what a bare `Type` means."""
    text = ast.unparse(ast.parse(f"({text}\n)", mode="eval"))
    return re.sub(r"\b(?:builtins|collections)\.", "", text).replace("type[Any]", "type")

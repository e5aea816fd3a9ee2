"""Imports go one way: runner → a codemod → facts → engine, and in no circle, for every file that there is."""

from __future__ import annotations

import ast
import shutil
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

TOP = Path(__file__).parent.parent
LIBRARY = sys.stdlib_module_names | {"_symtable"}
# what each room may use beside the standard library and the rooms below it
FOREIGN = {
    "engine": {"libcst"},
    "facts": set(),
    "codemod": {"libcst"},
    "runner": {
        "click",
        "codeowners",
        "distributed",
        "git",
        "gitdb",
        "github",
        "gitlab",
        "pebble",
        "requests",
        "rich",
    },
}
FLOOR = {"engine": 0, "facts": 1, "codemod": 2, "runner": 3}


def files(top: Path) -> dict[str, Path]:
    """Every module of both packages by its dotted name."""
    found = {}
    for path in sorted(p for package in ("codemods", "runner") for p in (top / package).rglob("*.py")):
        parts = path.relative_to(top).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def room(module: str) -> tuple[str, str]:
    """The kind of room that a module is in, and for a codemod its name."""
    top, *inner = module.split(".")
    if top == "runner":
        return "runner", ""
    if inner and inner[0] in ("engine", "facts"):
        return inner[0], ""
    return "codemod", inner[0] if inner else ""


@cache
def imports(text: str) -> list[ast.Import | ast.ImportFrom]:
    return [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Import | ast.ImportFrom)]


def imported(module: str, path: Path, known: Mapping[str, Path]) -> Iterator[str]:
    """What a file imports, anywhere in it: modules of ours by their dotted name, others by their first word."""
    package = module.split(".") if path.name == "__init__.py" else module.split(".")[:-1]
    for node in imports(path.read_text()):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            base = package[: len(package) + 1 - node.level] if node.level else []
            source = ".".join([*base, *filter(None, [node.module])])
            names = [
                f"{source}.{alias.name}" if f"{source}.{alias.name}" in known else source for alias in node.names
            ]
        yield from (name if name in known else name.partition(".")[0] for name in names)


def wrong_arrows(top: Path) -> list[str]:
    """Imports that go up, to another codemod, or to what a room may not use."""
    known, wrong = files(top), []
    for module, path in known.items():
        kind, name = room(module)
        for target in sorted(set(imported(module, path, known))):
            if target not in known:
                allowed = target in LIBRARY or target in FOREIGN[kind]
            else:
                other, its_name = room(target)
                allowed = FLOOR[other] < FLOOR[kind] or (other, its_name) == (kind, name)
            if not allowed:
                wrong.append(f"{module} imports {target}")
    return wrong


def circle(top: Path) -> list[str]:
    """Modules that import each other, however late, also for type checkers only: one such circle."""
    known = files(top)
    below = {m: {t for t in imported(m, p, known) if t in known and t != m} for m, p in known.items()}
    try:
        TopologicalSorter(below).prepare()
    except CycleError as error:
        return sorted(set(error.args[1]))
    return []


def test_every_import_goes_down() -> None:
    assert wrong_arrows(TOP) == []


def test_nothing_imports_in_a_circle() -> None:
    assert circle(TOP) == []


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the house."""
    top = tmp_path_factory.mktemp("house")
    for package in ("codemods", "runner"):
        shutil.copytree(TOP / package, top / package, ignore=shutil.ignore_patterns("__pycache__"))
    return top


WRONG = [
    ("codemods/engine/values.py", "from ..facts.modules import Modules", "codemods.facts.modules"),
    ("codemods/engine/importing/texts.py", "from ...mark_slow import report", "codemods.mark_slow.report"),
    ("codemods/engine/work.py", "import runner.git", "runner.git"),
    ("codemods/engine/check.py", "import black", "black"),
    ("codemods/facts/suite/config.py", "from ...async_fixture import AsyncFixture", "codemods.async_fixture"),
    ("codemods/facts/modules.py", "import libcst", "libcst"),
    ("codemods/mark_slow/report.py", "from ..asyncio_mark import judge", "codemods.asyncio_mark.judge"),
    ("codemods/fixture_scope.py", "    from runner.disk import put", "runner.disk"),
    ("codemods/__init__.py", "from .async_fixture import AsyncFixture", "codemods.async_fixture"),
    ("runner/git.py", "import libcst", "libcst"),
    ("runner/disk.py", "import httpx", "httpx"),
]


@pytest.mark.parametrize(("path", "line", "target"), WRONG, ids=[f"{p}-{t}" for p, _, t in WRONG])
def test_one_wrong_import_is_found(planted: Path, path: str, line: str, target: str) -> None:
    file = planted / path
    text = file.read_text()
    try:
        file.write_text(f"{text}\nif True:\n    {line.strip()}\n")
        module = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        assert f"{module} imports {target}" in set(wrong_arrows(planted)) - set(wrong_arrows(TOP))
    finally:
        file.write_text(text)


def test_a_circle_is_found(planted: Path) -> None:
    file = planted / "codemods/engine/values.py"
    text = file.read_text()
    try:
        file.write_text(f"{text}\nif TYPE_CHECKING:\n    from .codemod import Codemod\n")
        assert {"codemods.engine.codemod", "codemods.engine.values"} <= {
            *circle(planted)
        }  # the one line is in all of them
    finally:
        file.write_text(text)

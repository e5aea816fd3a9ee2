"""What editors, file managers, git and pip leave in a folder of golden cases is no part of a case."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from codemods.engine import registry
from codemods.engine.golden import cases, load_case
from runner import explain

SWAP = Path(__file__).parent / "local" / "swap_call.py"
LITTER = (
    "__pycache__/a.cpython-311.pyc", "a.pyc", "a.pyo", ".mypy_cache/3.11/a.json", ".pytest_cache/README.md",
    ".DS_Store", "._a.py", "Thumbs.db", "desktop.ini", "a.py~", ".a.py.swp", ".a.py.swo", "#a.py#", ".#a.py",
    "a.py.orig", "a.py.rej", "a.py.bak", ".idea/workspace.xml", ".vscode/settings.json", ".git/HEAD",
)  # fmt: skip
PART = (".coveragerc", ".github/workflows/ci.py", "tests/conftest.py", "_private.py", "bak/a.py", "CVSS.py", "a.pyi")


def put(folder: Path, names: tuple[str, ...], data: bytes = b"\0\xff") -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


@pytest.mark.parametrize("side", ["before", "after"])
def test_litter_in_a_project_is_left_out_and_nothing_else(tmp_path: Path, side: str) -> None:
    case = tmp_path / "renames"
    put(case, ("case.toml", "before/x.py"), b"")
    put(case / side, LITTER)
    put(case / side, PART)
    loaded = load_case(case)
    files = loaded.before if side == "before" else loaded.after
    assert files.keys() - {"x.py"} == set(PART)


def test_litter_beside_the_cases_is_no_case(tmp_path: Path) -> None:
    put(tmp_path, ("swaps.py", "swaps.pyi", "renames/case.toml", "renames/before/a.py"), b"")
    put(tmp_path, LITTER)
    put(tmp_path, ("renames.orig/case.toml", "__pycache__/case.toml", ".idea/case.toml"))
    os.symlink("ada@host.1234", tmp_path / ".#other.py")  # an editor's lock, which leads nowhere
    (tmp_path / "folder.py").mkdir()
    assert [p.name for p in cases(tmp_path)] == ["renames", "swaps.py", "swaps.pyi"]


@pytest.fixture
def littered(tmp_path: Path) -> Path:
    """A codemod of one's own with two cases, each amid litter."""
    shutil.copy(SWAP, tmp_path / "swap_call.py")
    golden = tmp_path / "golden" / "swap_call"
    text = b"from legacy import old\n\nold(1)\n", b"from lib import new\n\nnew(1)\n"
    put(golden, ("one_file.py",), text[0] + b"# output\n" + text[1])
    put(golden, ("project/case.toml",), b"")
    put(golden, ("project/before/a.py",), text[0])
    put(golden, ("project/after/a.py",), text[1])
    for folder in (golden, golden / "project", golden / "project/before", golden / "project/after"):
        put(folder, LITTER)
    return tmp_path / "swap_call.py"


def test_explain_begins_with_the_case_that_is_called_an_example(littered: Path) -> None:
    golden = littered.parent / "golden" / "swap_call"
    case = (golden / "one_file.py").read_bytes()
    put(golden, ("example_swaps_a_call.py",), b"# a longer one\n" * 9 + case)
    told = [line for line in explain.explain(str(littered)).splitlines() if line.startswith("Example: ")]
    assert told[0] == "Example: swaps a call"
    assert {*told[1:]} == {"Example: one file", "Example: project"}
    for name in registry.names():
        first = explain.explain(name).partition("\nExample: ")[2].partition("\n")[0].partition("  (")[0]
        folder = explain.cases_folder(name)
        assert folder is not None
        assert [*folder.glob(f"example_{first.replace(' ', '_')}*")], name


def test_explain_and_test_see_the_cases_only(littered: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = explain.explain(str(littered))
    assert text.count("Example: ") == 2
    assert "\0" not in text
    assert explain.test_cases(littered, ()) == 0
    assert capsys.readouterr().out == "ok   one file\nok   project\n"

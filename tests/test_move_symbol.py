"""After a move every touched module imports alone, first, in a fresh process, if it did before."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from codemods.engine import golden
from codemods.engine.codemod import OptionError

FOLDER = Path(__file__).parent.parent / "golden" / "move_symbol"
MOVES = [where for where in golden.cases(FOLDER) if (where / "after").is_dir()]
_RUN = """
import importlib, sys
sys.path.insert(0, ".")
for module in sys.argv[1:]:
    for name in set(sys.modules) - STANDARD:
        del sys.modules[name]
    try:
        importlib.import_module(module)
    except Exception as error:
        print(module, type(error).__name__, error)
"""
LIBRARIES = {"celery", "text"}
RUN = "import sys\nSTANDARD = set(sys.modules)\n" + _RUN


def lay_out(files: Mapping[str, bytes | None], to: Path) -> None:
    for path, data in files.items():
        (to / path).parent.mkdir(parents=True, exist_ok=True)
        if data is None:
            (to / path).unlink()
        else:
            (to / path).write_bytes(data)


def failing(folder: Path, paths: list[str]) -> dict[str, str]:
    """The modules that do not import, each with its error; each in a fresh interpreter."""
    found = {}
    for path in paths:
        module = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        done = subprocess.run(
            [sys.executable, "-B", "-c", RUN, module], cwd=folder, capture_output=True, text=True,
            env={**os.environ, "PYTHONPATH": ""},
        )  # fmt: skip
        lacking = re.search(r"No module named '(\w+)", done.stdout)  # a library that is not here says nothing
        if (done.stdout or done.returncode) and not (lacking and lacking[1] in LIBRARIES):
            found[path] = done.stdout or done.stderr
    return found


@pytest.mark.parametrize("where", MOVES, ids=lambda where: where.name)
def test_every_touched_module_imports_as_before(where: Path, tmp_path: Path) -> None:
    case = golden.load_case(where)
    lay_out(case.before, tmp_path)
    touched = sorted({p for p in case.after if p.endswith(".py")})
    before = failing(tmp_path, [p for p in touched if p in case.before])
    lay_out(case.after, tmp_path)
    after = failing(tmp_path, [p for p in touched if case.after[p] is not None])
    assert {path: error for path, error in after.items() if path not in before} == {}


# ---- what a move there and back gives --------------------------------------------------------------

PROJECT = {
    "p/__init__.py": b"",
    "p/a.py": b"import os\n\n\ndef one():\n    return os.sep\n\n\ndef two():\n    return 2\n",
    "p/b.py": b"def three():\n    return 3\n",
    "app.py": b"from p.a import one, two\n\nprint(one(), two())\n",
}


def test_there_and_back_is_as_before() -> None:
    there = golden.run("move-symbol", ["--symbol", "p.a.two", "--to", "p.b"], PROJECT).changed
    files = {**PROJECT, **{path: data for path, data in there.items() if data is not None}}
    assert files["p/a.py"] == b"import os\n\n\ndef one():\n    return os.sep\n"
    back = golden.run("move-symbol", ["--symbol", "p.b.two", "--to", "p.a"], files).changed
    assert {**files, **back} == PROJECT


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ([], "--to"),
        (["--to", "p.b"], "--symbol: is needed; the dotted name of what shall move, or --all-of"),
        (["--to", "p.b", "--symbol", "p.a.one", "--all-of", "p.a"], "--symbol: is needed"),
        (["--to", "p.b", "--symbol", "p.a.one", "--symbol", "p.b.three"], "names of one module"),
        (["--to", "p.b", "--symbol", "one"], "names of one module"),
        (["--to", "p-b", "--symbol", "p.a.one"], "--to: 'p-b' is not accepted"),
        (["--to", "p.a", "--symbol", "p.a.one"], "--to: 'p.a' is not accepted; another module"),
        (["--to", "q.a", "--symbol", "p.a.one"], "--to: 'q.a' is not accepted; a module, or a new one in a package"),
        (["--to", "p.b", "--symbol", "p.a.none"], "--symbol: 'p.a.none' is not accepted"),
        (["--to", "p.b", "--symbol", "p.none.x"], "--symbol: 'p.none.x' is not accepted"),
        (["--to", "p.b", "--symbol", "app.one"], "it is only imported there: p.a defines it"),
    ],
)
def test_what_cannot_be_meant_is_refused(given: list[str], why: str) -> None:
    with pytest.raises((OptionError, TypeError, ValueError)) as error:
        golden.run("move-symbol", given, PROJECT)
    assert why in str(error.value)


@pytest.mark.parametrize(("name", "moves"), [("one", False), ("two", True)])
def test_only_a_file_that_cannot_be_read_and_says_the_name_blocks(name: str, moves: bool) -> None:
    files = {**PROJECT, "old.py": b"from p.a import one\n\nprint one()\n"}
    done = golden.run("move-symbol", ["--symbol", f"p.a.{name}", "--to", "p.b"], files).changed
    assert ("p/a.py" in done) is moves


# ---- what `__all__` lists ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('__all__ = ["one", "two"]', '__all__ = ["two"]'),
        ('__all__ = ["two", "one"]', '__all__ = ["two"]'),
        ('__all__ = ["one"]', "__all__ = []"),
        ('__all__ = ("one", "two")', '__all__ = ("two",)'),
        ('__all__ = ("two", "one")', '__all__ = ("two",)'),
        ('__all__ = ("one", "two", "three")', '__all__ = ("two", "three")'),
        ('__all__ = ("one",)', "__all__ = ()"),
        ('__all__ = [\n    "one",\n    "two",\n]', '__all__ = [\n    "two",\n]'),
        ('__all__ = [\n    "two",\n    "one"\n]', '__all__ = [\n    "two",\n]'),
        ('__all__ = ["two"]\n__all__ += ["one"]', '__all__ = ["two"]\n__all__ += []'),
        ('__all__ = ["two"]\n__all__.extend(["one", "three"])', '__all__ = ["two"]\n__all__.extend(["three"])'),
        ('__all__ = ["two"] + ["one", "three"]', '__all__ = ["two"] + ["three"]'),
        ('__all__ = ["two"]', '__all__ = ["two"]'),
    ],
)
def test_the_old_module_lists_it_no_more(old: str, new: str) -> None:
    code = "def one():\n    return 1\n\n\ndef two():\n    return 2\n\n\nthree = 3\n"
    files = {"a.py": f"{old}\n\n\n{code}".encode(), "b.py": b"B = 0\n"}
    done = golden.run("move-symbol", ["--symbol", "a.one", "--to", "b"], files).changed
    assert done["a.py"] == f"{new}\n\n\n{code.partition('def two')[1]}{code.partition('def two')[2]}".encode()
    assert done["b.py"] == b"B = 0\n\n\ndef one():\n    return 1\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('__all__ = ["b", "z"]', '__all__ = ["b", "one", "z"]'),
        ('__all__ = ["z", "b"]', '__all__ = ["z", "b", "one"]'),
        ("__all__ = ('z',)", "__all__ = ('z', 'one',)"),
        ("__all__ = []", '__all__ = ["one"]'),
        ("__all__ = ()", '__all__ = ("one",)'),
        ('__all__ = [\n    "b",\n    "z",\n]', '__all__ = [\n    "b",\n    "one",\n    "z",\n]'),
        ('__all__ = [\n    "z",\n    "b"\n]', '__all__ = [\n    "z",\n    "b",\n    "one",\n]'),
        ('__all__ = ["one", "b"]', '__all__ = ["one", "b"]'),
        ("__all__ = [*a.__all__, 'z']", "__all__ = [*a.__all__, 'one', 'z']"),
    ],
)
def test_the_new_module_lists_it_where_it_lists_anything(old: str, new: str) -> None:
    files = {"a.py": b"def one():\n    return 1\n\n\ntwo = 2\n", "b.py": f"{old}\n\nb = z = 0\n".encode()}
    done = golden.run("move-symbol", ["--symbol", "a.one", "--to", "b"], files).changed
    assert done["b.py"] == f"{new}\n\nb = z = 0\n\n\ndef one():\n    return 1\n".encode()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("__all__ = []", '__all__ = ["one", "two"]'),
        ("__all__ = ()", '__all__ = ("one", "two")'),
        ("__all__ = ['z']", "__all__ = ['z', 'one', 'two']"),
    ],
)
def test_the_new_module_lists_several_at_once(old: str, new: str) -> None:
    files = {"a.py": b"one = 1\ntwo = 2\nthree = 3\n", "b.py": f"{old}\n\nz = 0\n".encode()}
    done = golden.run("move-symbol", ["--symbol", "a.one", "--symbol", "a.two", "--to", "b"], files).changed
    assert done["b.py"].startswith(f"{new}\n".encode())


OVERLOADED = b"""from typing import overload

__all__ = ["one"]


@overload
def one(a: int) -> int: ...
@overload
def one(a: str) -> str: ...
def one(a):
    return a


two = 2
"""


@pytest.mark.parametrize(
    ("there", "new"),
    [
        ({"b.py": b"__all__ = ['z']\n\nz = 0\n"}, b"__all__ = ['z', 'one']\n"),
        ({"b.py": b"__all__ = []\n\nz = 0\n"}, b'__all__ = ["one"]\n'),
        ({}, b'__all__ = ["one"]\n'),
    ],
)
def test_what_is_overloaded_is_listed_once(there: dict[str, bytes], new: bytes) -> None:
    files = {"a.py": OVERLOADED, **there}
    done = golden.run("move-symbol", ["--symbol", "a.one", "--to", "b"], files).changed
    assert new in done["b.py"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('__all__ = ["one", "two"]', "__all__ = []"),
        ('__all__ = "one", "two"', "__all__ = ()"),
        ('__all__ = [\n    "one",\n    "two",\n]', "__all__ = []"),
        ('__all__ = ["one", "three", "two"]', '__all__ = ["three"]'),
        ('__all__ = ["three", "one", "two"]', '__all__ = ["three"]'),
    ],
)
def test_several_go_from_a_list_at_once(old: str, new: str) -> None:
    files = {"a.py": f"{old}\n\none = 1\ntwo = 2\nthree = 3\n".encode(), "b.py": b"B = 0\n"}
    done = golden.run("move-symbol", ["--symbol", "a.one", "--symbol", "a.two", "--to", "b"], files).changed
    assert done["a.py"] == f"{new}\n\nthree = 3\n".encode()


def test_a_private_name_is_not_listed() -> None:
    files = {"a.py": b"def _one():\n    return 1\n\n\ntwo = 2\n", "b.py": b'__all__ = ["b"]\n\nb = 0\n'}
    done = golden.run("move-symbol", ["--symbol", "a._one", "--to", "b"], files).changed
    assert done["b.py"] == b'__all__ = ["b"]\n\nb = 0\n\n\ndef _one():\n    return 1\n'

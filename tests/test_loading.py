"""What a fresh import of a module would ask for too early: compared with Python, over packages that are drawn by seed."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from codemods.engine.known import Project
from codemods.engine.source import Source
from codemods.facts.loading import Loading, read
from codemods.facts.modules import Modules


def loading(files: Mapping[str, str], **more: object) -> Loading:
    events = {path: read(Source(path, text.encode())) for path, text in files.items()}
    return Loading(events, Modules(Project(paths=tuple(files))), **more)  # type: ignore[arg-type]


def failures(files: Mapping[str, str], path: str) -> list[tuple[str, int, str]]:
    return [(f.path, f.line, f.name) for f in loading(files).failures(path)]


CIRCLE = {"p/__init__.py": "", "p/a.py": "from p.b import y\n\nx = 1\n", "p/b.py": "from p.a import x\n\ny = 2\n"}


def test_a_circle_is_told_with_the_files_that_are_half_imported() -> None:
    (failure,) = loading(CIRCLE).failures("p/a.py")
    assert (failure.path, failure.line, failure.name) == ("p/b.py", 1, "x")
    assert failure.chain == ("p/a.py", "p/b.py")


@pytest.mark.parametrize(
    "text",
    [
        "import p.a\n\ny = 2\n",
        "def f():\n    from p.a import x\n    return x\n\n\ny = 2\n",
        "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from p.a import x\n\ny = 2\n",
        "import p.a as a\n\n\ndef f():\n    return a.x\n\n\ny = 2\n",
    ],
)
def test_what_waits_until_it_is_needed_is_no_failure(text: str) -> None:
    assert failures({**CIRCLE, "p/b.py": text}, "p/a.py") == []


def test_an_attribute_of_a_module_that_is_half_imported_is_one() -> None:
    files = {**CIRCLE, "p/b.py": "from p import a\n\ny = a.x\n"}
    assert failures(files, "p/a.py") == [("p/b.py", 3, "x")]
    assert failures(files, "p/b.py") == [("p/a.py", 1, "y")]


def test_a_base_below_its_class_is_one() -> None:
    assert failures({"a.py": "class A(B):\n    pass\n\n\nclass B:\n    pass\n"}, "a.py") == [("a.py", 1, "B")]


@pytest.mark.parametrize(
    "text",
    [
        "all_ = [x for x in range(3)]\nx = 1\n",
        "f = lambda: x\nx = 1\n",
        "class A:\n    x = 1\n    y = x\n\n\nx = 2\n",
        "class A:\n    import os as x\n\n    y = x.name\n\n\nx = 2\n",
        "from __future__ import annotations\n\n\ndef f(a: x) -> x: ...\n\n\nx = int\n",
        "def f():\n    return x\n\n\nx = 2\n",
    ],
)
def test_what_does_not_ask_the_module_is_none(text: str) -> None:
    assert failures({"a.py": text}, "a.py") == []


@pytest.mark.parametrize(
    "text", ["def f(a=x): ...\n\n\nx = 1\n", "y = [x for _ in '1']\nx = 1\n", "@x\ndef f(): ...\n\n\nx = f\n"]
)
def test_defaults_decorators_and_comprehensions_ask_at_once(text: str) -> None:
    assert [name for _, _, name in failures({"a.py": text}, "a.py")] == ["x"]


@pytest.mark.parametrize("body", ["x: int\n    y = x", "x = x", "x = 1\n\n    class B:\n        y = x"])
def test_a_class_asks_the_module_for_what_it_does_not_bind_yet(body: str) -> None:
    assert [name for _, _, name in failures({"a.py": f"class A:\n    {body}\n\n\nx = 1\n"}, "a.py")] == ["x"]


def test_a_submodule_is_imported_where_the_package_does_not_have_the_name_yet() -> None:
    files = {"p/__init__.py": "from p import a\n", "p/a.py": "x = 1\n"}
    assert failures(files, "p/__init__.py") == []


def test_an_import_in_a_function_runs_where_that_is_called_at_once() -> None:
    files = {"a.py": "from b import y\n\nx = 1\n", "b.py": "def f():\n    return x\n\n\ny = f()\n"}
    late = frozenset({("b.py", "a.py", "x")})
    assert [f.name for f in loading(files, late=late).failures("a.py")] == ["x"]
    waits = {**files, "b.py": "def f():\n    return x\n\n\ny = 1\n"}
    assert loading(waits, late=late).failures("a.py") == []


def test_files_that_were_not_read_are_told() -> None:
    one = Loading({"a.py": read(Source("a.py", b"import b\n"))}, Modules(Project(paths=("a.py", "b.py"))))
    assert one.failures("a.py") == []
    assert one.unread == {"b.py"}


# ---- drawn by seed -------------------------------------------------------------------------------

_RUN = """
import importlib, json, sys
sys.path.insert(0, sys.argv[1])
said = {}
for module in json.loads(sys.argv[2]):
    for name in [n for n in sys.modules if n == "p" or n.startswith("p.")]:
        del sys.modules[name]
    try:
        importlib.import_module(module)
        said[module] = True
    except (ImportError, AttributeError, NameError):
        said[module] = False
print(json.dumps(said))
"""


def _drawn(rng: random.Random) -> dict[str, str]:
    """A package of modules that import from one another, in every way."""
    modules = ["a", "b", "c", "d"]
    files = {"p/__init__.py": ""}
    if rng.random() < 0.4:
        files["p/__init__.py"] = f"from .{rng.choice(modules)} import x\n"
    for module in modules:
        lines = []
        for other in rng.sample(modules, rng.randint(0, 2)):
            if other == module:
                continue
            name = rng.choice("xyz")
            lines += rng.choice(
                [
                    [f"from p.{other} import {name} as {name}_{other}"],
                    [f"from .{other} import {name} as {name}_{other}"],
                    [f"import p.{other}"],
                    [f"import p.{other} as {other}"],
                    [f"from p import {other}"],
                    [f"from . import {other}", f"use_{other} = {other}.{name}"],
                    [f"import p.{other} as {other}", f"use_{other} = {other}.{name}"],
                    [f"def f_{other}():", f"    from p.{other} import {name}", f"    return {name}"],
                    [f"try:\n    from .{other} import {name} as {name}_{other}\nfinally:\n    pass"],
                ]
            )
        rest = [f"{name} = '{module}'" for name in "xyz"]
        at = rng.randint(0, 3)
        files[f"p/{module}.py"] = "\n".join([*rest[:at], *lines, *rest[at:], ""])
    return files


@pytest.mark.parametrize("seed", range(10))
def test_python_agrees(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    for number in range(4):
        files = _drawn(rng)
        root = tmp_path / str(number)
        for path, text in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text)
        modules = {path: path.removesuffix(".py").replace("/", ".").removesuffix(".__init__") for path in files}
        argv = [sys.executable, "-B", "-c", _RUN, str(root), json.dumps(list(modules.values()))]
        said = json.loads(subprocess.run(argv, capture_output=True, text=True, check=True).stdout)
        told = {module: not failures(files, path) for path, module in modules.items()}
        assert told == said, files

"""What conftests and modules state under a condition, as pytest takes it with the condition true and false."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from codemods.engine.known import Project
from codemods.engine.source import Source
from codemods.facts.suite.build import build
from codemods.facts.suite.scan import scan

TEST = "def test_it(): ...\n"
WANTED = "import os, sys\nWANTED = os.environ.get('WANTED') == '1'\n"
FILES = {
    "pyproject.toml": "[project]\nname = 'x'\nversion = '1'\nrequires-python = '>=3.9'\n[tool.pytest.ini_options]\n",
    # decided: never on a Python of the project, or on all of them
    "old/conftest.py": "import sys\nif sys.version_info < (3, 8):\n    collect_ignore_glob = ['*']\n",
    "old/test_a.py": TEST,
    "new/conftest.py": "import sys\ncollect_ignore = ['test_a.py'] if sys.version_info >= (3, 8) else ['test_b.py']\n",
    "new/test_a.py": TEST,
    "new/test_b.py": TEST,
    "constant/conftest.py": "import sys\nPY38 = sys.version_info >= (3, 8)\ncollect_ignore = []\nif PY38:\n    collect_ignore.append('test_a.py')\nelse:\n    collect_ignore += ['test_b.py']\n",
    "constant/test_a.py": TEST,
    "constant/test_b.py": TEST,
    # not decided: pytest runs with both
    "env/conftest.py": WANTED + "if not WANTED:\n    collect_ignore_glob = ['test_[ab].py']\n",
    "env/test_a.py": TEST,
    "env/test_c.py": TEST,
    "other/conftest.py": WANTED + "collect_ignore = ['test_a.py', *(['test_b.py'] if WANTED else [])]\n",
    "other/test_a.py": TEST,
    "other/test_b.py": TEST,
    "tried/conftest.py": "try:\n    import there_is_no_such_module\nexcept ImportError:\n    collect_ignore = ['test_a.py']\n",
    "tried/test_a.py": TEST,
    "both/conftest.py": WANTED + "if WANTED:\n    collect_ignore = ['test_a.py']\nelse:\n    collect_ignore = ['test_a.py', 'test_b.py']\n",
    "both/test_a.py": TEST,
    "both/test_b.py": TEST,
    # the nearest conftest that binds the name hides those above
    "near/conftest.py": "collect_ignore = ['in/test_a.py', 'out/test_a.py', 'gone']\n",
    "near/in/conftest.py": "collect_ignore = []\n",
    "near/in/test_a.py": TEST,
    "near/out/conftest.py": WANTED + "if WANTED:\n    collect_ignore = []\n",
    "near/out/test_a.py": TEST,
    "near/gone/conftest.py": "collect_ignore = []\n",
    "near/gone/test_a.py": TEST,
    # computed: pytest alone knows
    "computed/conftest.py": WANTED + "collect_ignore = ['test_a.py'.upper() if WANTED else '']\n",
    "computed/test_a.py": TEST,
    # classes and functions
    "names/test_a.py": WANTED
    + """
from typing import TYPE_CHECKING

class TestTyped:
    if TYPE_CHECKING:
        def __init__(self, x): ...
    def test_it(self): ...

class TestMade:
    if WANTED:
        def __init__(self): ...
    def test_it(self): ...

class TestMadeAlways:
    if sys.version_info >= (3, 8):
        def __init__(self): ...
    def test_it(self): ...

class TestFlag:
    __test__ = WANTED
    def test_it(self): ...

class Named:
    if WANTED:
        __test__ = True
    def test_it(self): ...

class TestOff:
    if sys.version_info >= (3, 8):
        __test__ = False
    def test_it(self): ...

if sys.version_info < (3, 8):
    def test_old(): ...
    class TestOld:
        def test_it(self): ...
else:
    def test_new(): ...

def test_switched(): ...
def test_switched_off(): ...
if WANTED:
    test_switched.__test__ = False
if sys.version_info[:2] >= (3, 8):
    test_switched_off.__test__ = False
""",
    "flags/test_a.py": WANTED + "__test__ = not WANTED\n" + TEST,
    "flags/test_b.py": "import sys\nif sys.version_info < (3, 8):\n    __test__ = False\n" + TEST,
}  # fmt: skip


def collected(folder: Path, wanted: str) -> set[str]:
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", "-W", "ignore", "--import-mode=importlib"],
        cwd=folder, env={**os.environ, "WANTED": wanted}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return {line for line in run.stdout.splitlines() if "::" in line}


def test_a_test_counts_that_pytest_collects_in_one_case_at_least(tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    expected = collected(tmp_path, "1") | collected(tmp_path, "0")
    texts = {p: t for p, t in FILES.items() if not p.endswith(".py")}
    project = Project(paths=tuple(p for p in FILES if p.endswith(".py")), texts=texts)
    suite = build({p: scan(Source(p, FILES[p].encode())) for p in project.paths}, project)
    found = {item.nodeid for path in suite.files for item in suite.items(path)}
    assert found - {"tried/test_a.py::test_it"} == expected  # there it would be collected with the module installed
    assert "tried/test_a.py::test_it" in found
    assert len(expected) > 15

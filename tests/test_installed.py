"""codemod as users install it: a wheel, put in place by pip, which compiles every module that it finds."""

from __future__ import annotations

import ensurepip
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from codemods.engine import registry

ROOT = Path(__file__).parent.parent
EXPLAIN_ALL = r"""
import runner.cli
for name in {names}:
    print(f"\f{{name}}", flush=True)
    assert runner.cli.invoke(["explain", name]) == 0
print(f"\f{{runner.__file__}}")
"""


def pip() -> list[str]:
    """The environment's pip; where an environment was made without one, that which Python brings."""
    if find_spec("pip"):
        return [sys.executable, "-m", "pip"]
    bundled = next((Path(ensurepip.__file__).parent / "_bundled").glob("pip-*.whl"))
    return [sys.executable, str(bundled / "pip")]


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("PYTHONPYCACHEPREFIX")  # pip compiles into the folder itself
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    quiet = ["--quiet", "--disable-pip-version-check", "--no-deps", "--no-index", "--no-cache-dir"]
    subprocess.run([*pip(), "install", *quiet, "--target", tmp_path / "site", wheel], check=True, capture_output=True)
    return tmp_path / "site"


def test_it_starts_and_explain_shows_cases_and_no_byte_code(installed: Path, tmp_path: Path) -> None:
    surroundings = os.environ | {"PYTHONPATH": str(installed)}
    script = [installed / "bin" / "codemod", "--version"]
    started = subprocess.run(script, cwd=tmp_path, env=surroundings, capture_output=True, text=True, check=True)
    assert started.stdout.startswith("codemod ")

    assert any((installed / "codemods" / "_golden").rglob("*.pyc")), "pip has compiled the cases"
    names = registry.names()
    done = subprocess.run(
        [sys.executable, "-c", EXPLAIN_ALL.format(names=names)],
        cwd=tmp_path,
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    *told, where = done.stdout.split("\f")[1:]
    assert Path(where.strip()).is_relative_to(installed)
    assert [text.partition("\n")[0] for text in told] == names
    for text in told:
        assert text.count("Example: ") == 3
        assert "\0" not in text
        assert "__pycache__" not in text
        assert str(installed) not in text
        assert str(ROOT) not in text

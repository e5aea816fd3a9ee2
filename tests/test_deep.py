"""What Python parses is walked, however deep: a long chain is an ordinary file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from codemods.engine.registry import Spec
from codemods.engine.work import work
from codemods.engine.world import Task
from tests.command import codemod

OPTIONAL = "from typing import Optional\nx: Optional[int] = 0\n"
PROJECT = '[project]\nname = "x"\nrequires-python = ">=3.11"\n'


def elifs(count: int, indent: str = "") -> str:
    return f"{indent}if x == 0: pass\n" + "".join(f"{indent}elif x == {i}: pass\n" for i in range(count))


SHAPES = {
    "elif": elifs(2500),
    "sum": "y = " + "+".join(['"s"'] * 3000),
    "attributes": "y = x" + ".b" * 5000,
    "calls": "y = x" + "()" * 5000,
    "subscripts": "y = x" + "[0]" * 3000,
    "signs": "y = " + "-" * 3000 + "1",
    "conditions": "y = " + "1 if x else " * 1500 + "2",
    "lambdas": "y = " + "lambda: " * 1500 + "2",
    "bar": "y: " + "|".join(["int"] * 3000) + " = 0",
    "blocks": "".join(" " * n + "if x:\n" for n in range(90)) + " " * 90 + "pass",
}


def test_every_deep_file_is_changed(make_repo: Callable[..., Path]) -> None:
    repo = make_repo({"pyproject.toml": PROJECT, **{f"{n}.py": f"{OPTIONAL}{t}\n" for n, t in SHAPES.items()}})
    done = codemod(repo, "run", "modernize-typing", "-n")
    assert (done.returncode, done.stdout.count("+x: int | None = 0")) == (0, len(SHAPES)), done.stderr
    assert "left alone" not in done.stderr


def test_deep_tests_and_fixtures_are_read_too(make_repo: Callable[..., Path]) -> None:
    tests = (
        "import pytest\n@pytest.fixture\ndef db():\n" + elifs(1500, "    ") + "    return 1\n"
        "async def test_a(db):\n    y = " + "+".join(["db"] * 3000) + "\n"
    )
    product = "async def f(x):\n" + elifs(1500, "    ")
    use = "import mod\nfrom unittest.mock import patch, Mock\ndef test_b():\n    with patch('mod.f', new=Mock()): pass\n"
    repo = make_repo(
        {"test_a.py": tests, "mod.py": product, "test_b.py": use, "requirements.txt": "pytest-asyncio\n"}
    )
    marked = codemod(repo, "run", "asyncio-mark", "-n")
    assert (marked.returncode, marked.stdout.count("+@pytest.mark.asyncio")) == (0, 1), marked.stderr
    renamed = codemod(repo, "run", "fixture-rename", "-n")
    assert (renamed.returncode, renamed.stdout.count("+def db_session")) == (0, 1), renamed.stderr
    mocked = codemod(repo, "run", "async-mock", "-n", "--unsafe")
    assert mocked.returncode == 0
    assert "patch('mod.f'" in mocked.stdout, mocked.stderr
    assert "C006" not in marked.stderr + renamed.stderr + mocked.stderr


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param(elifs(900, "    "), "C012-too-deep", id="deeper than the stack at hand"),
        pytest.param("    y = " + "(" * 1000 + ")" * 1000, "C001-syntax", id="deeper than Python parses"),
    ],
)
def test_what_is_too_deep_is_a_skip_and_no_crash(text: str, code: str) -> None:
    task = Task("scan", Spec("async-mock"), "a.py", f"async def f(x):\n{text}\n".encode())
    outcome = work(task)
    assert (outcome.code, outcome.crashed) == (code, False), outcome.reason

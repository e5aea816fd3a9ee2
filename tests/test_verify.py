"""The command on the result: what breaks it is found and left out, whatever kind of failure it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from runner.errors import VerifyFailed
from tests.verifying import Changes, make_environment, worktrees

Make = Callable[..., Path]
CALC = (
    "def add(a, b):\n    return a + b\n\n\ndef double(a):\n    return add(a, a)\n\n\ndef name():\n    return 'calc'\n"
)
TEST = (
    "from calc import add, double, name\n\n\ndef test_add():\n    assert add(1, 2) == 3\n\n\n"
    "def test_double():\n    assert double(4) == 8\n\n\ndef test_name():\n    assert name() == 'calc'\n"
)
PROJECT = {"calc.py": CALC, "test_calc.py": TEST}


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_environment(tmp_path_factory.mktemp("environment") / "venv")


def test_a_change_that_breaks_a_test_is_left_out_with_the_test(make_repo: Make, environment: Path) -> None:
    repo = make_repo(PROJECT)
    changes = Changes(
        repo,
        {
            "good": ("calc.py", "return a + b", "return b + a"),
            "bad": ("calc.py", "return add(a, a)", "return add(a, 3)"),
            "better": ("calc.py", "'calc'", '"calc"'),
        },
    )
    found = changes.verify("pytest", "-q", environment=environment)
    assert found.kept == {"good", "better"}
    assert found.excluded["bad"].tests == ("test_calc.py::test_double",)
    assert found.excluded["bad"].reason == "test_calc.py::test_double fails with it"
    assert (found.runs, found.base_runs, found.tests, found.set_aside) == (2, 2, 3, ())
    assert worktrees(repo) == []
    again = Changes(repo, {key: edit for key, edit in changes.edits.items() if key != "bad"})
    second = again.verify("pytest", "-q", environment=environment)
    assert (second.kept, second.runs, second.narrow, second.base_runs) == ({"good", "better"}, 1, 0, 0)


def test_with_all_or_nothing_there_is_nothing(make_repo: Make, environment: Path) -> None:
    changes = Changes(make_repo(PROJECT), {"bad": ("calc.py", "a + b", "a - b")})
    with pytest.raises(VerifyFailed, match=r"test_calc.py::test_add and 1 more fail; nothing was delivered"):
        changes.verify("pytest", environment=environment, all_or_nothing=True)

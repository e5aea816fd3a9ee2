"""Text that moves is shown as moved: one line on each side, until one asks for more."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from codemods.engine.source import Source
from codemods.engine.values import Change, Edit, Part, Safety
from runner.review.moves import moves
from tests.command import codemod
from tests.test_review import review

MOVE = str(Path(__file__).parent / "local" / "move_function.py")
FUNCTION = 'def moved(argument):\n    """It is long enough."""\n    return argument + 1\n'
AFTER = "\n\ndef stays():\n    return 2\n"


def change(*edits: Edit) -> Change:
    parts = tuple(Part(edit.path, 1, "it moves", (edit,)) for edit in edits)
    return Change(codemod="move", anchor="x", reason="it moves", safety=Safety.SAFE, parts=parts)


def test_a_function_that_moves_is_one_line_until_one_asks_for_more(make_repo: Callable[..., Path]) -> None:
    repo = make_repo({"a.py": FUNCTION + AFTER})
    assert codemod(repo, "run", MOVE, "--function", "moved", "-n", "-q").returncode == 0
    first, second, *_ = review(repo, "s", "q")[0].split("accept this change")
    assert "-… 3 lines moved to a.py:7, unchanged\n" in first
    assert "+… 3 lines moved from a.py:1, unchanged\n" in first
    assert "argument" not in first
    assert ("-    return argument + 1\n" in second, "+    return argument + 1\n" in second) == (True, True)
    assert codemod(repo, "run", MOVE, "--function", "moved", "-q").returncode == 0


def test_a_file_that_is_created_from_another_says_so() -> None:
    old = Source("old.py", (FUNCTION + AFTER).encode())
    new = "import sys\n\n\n" + FUNCTION
    found = moves(
        change(Edit("old.py", 0, len(FUNCTION), ""), Edit("new.py", 0, 0, new, "create")),
        {"old.py": old, "new.py": None},
    )
    assert sorted(found) == [*(("+", "new.py", n) for n in (4, 5, 6)), *(("-", "old.py", n) for n in (1, 2, 3))]
    assert found["+", "new.py", 5] == (1, 3, "old.py", 1)
    assert found["-", "old.py", 1] == (0, 3, "new.py", 4)


@pytest.mark.parametrize(
    ("taken", "put"),
    [
        pytest.param(FUNCTION, FUNCTION.replace("+ 1", "+ 2"), id="its last line is another: the others still move"),
        pytest.param(FUNCTION, FUNCTION.replace("    ", "\t"), id="another indentation is another text"),
        pytest.param("    return 1\n", "    return 1\n", id="what is short is in two places by chance"),
        pytest.param("value = 1\n", "value = old(1)\n", id="replaced"),
    ],
)
def test_only_what_arrives_byte_for_byte_moves(taken: str, put: str) -> None:
    files = {"a.py": Source("a.py", (taken + AFTER).encode()), "b.py": Source("b.py", AFTER.encode())}
    found = moves(change(Edit("a.py", 0, len(taken), ""), Edit("b.py", 0, 0, put)), files)
    expected = [1, 2] if put.endswith("+ 2\n") else []
    assert sorted(number for sign, _, number in found if sign == "+") == expected


def test_a_line_moves_once_however_often_it_is_put() -> None:
    files = {"a.py": Source("a.py", (FUNCTION + AFTER).encode())}
    edits = Edit("a.py", 0, len(FUNCTION), ""), Edit("b.py", 0, 0, FUNCTION * 2, "create")
    assert sorted(number for sign, _, number in moves(change(*edits), files) if sign == "+") == [1, 2, 3]

"""How the bench judges layouts: by hand what its measures and its merged modules must give."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

BENCH = str(Path(__file__).parent / "bench")


@pytest.fixture(autouse=True)
def bench(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(BENCH)


@pytest.mark.parametrize(
    ("found", "truth", "f1", "mojo"),
    [
        ("aabb", "xxyy", 1.0, 1.0),
        ("aaaa", "xxyy", 2 * 2 / (6 + 2), 0.0),  # two moves, as many as the worst needs
        ("abcd", "xxyy", 0.0, 0.0),  # two joins
        ("aabc", "xxyy", 2 * 1 / (1 + 2), 0.5),  # one join
        ("aabbb", "xxyyx", 2 * 2 / (4 + 4), 2 / 3),  # one move of at most three
        ("aab", "xyz", 0.0, 0.5),  # one move of at most two
    ],
)
def test_what_the_measures_say(found: str, truth: str, f1: float, mojo: float) -> None:
    from layouts import mojofm, pairwise_f1

    mine, theirs = ({str(n): part for n, part in enumerate(parts)} for parts in (found, truth))
    assert pairwise_f1(mine, theirs) == pytest.approx(f1)
    assert mojofm(mine, theirs) == pytest.approx(mojo)


A = '"""A."""\nimport os\n\nlogger = os.getLogger(__name__)\n\n\nclass Base:\n    pass\n\n\ndef a():\n    return os.sep\n'
B = "from . import one\nfrom .one import Base\n\n\nclass Inner(Base):\n    pass\n\n\ndef b():\n    return one.a(), Inner\n"


def test_modules_are_merged_to_one_that_is_bound_together() -> None:
    from merged import Module, _module, merge

    lines = "# more\n" * 50
    parts = [_module(f"pkg/{n}.py", f"{t}\n\nX_{n} = 1\n{lines}") for n, t in (("one", A), ("two", B))]
    third = _module("pkg/three.py", f"C = 1\nD = 2\nE = C\n{lines}")
    modules = [m for m in (*parts, third) if isinstance(m, Module)]
    assert len(modules) == 3
    texts = set()
    for seed in range(5):
        found = merge("pkg", modules, random.Random(seed))
        assert found is not None
        assert "one.a" not in found.text
        assert "from .one" not in found.text
        assert found.text.index("class Base") < found.text.index("class Inner(Base)")
        assert found.truth == {
            "Base": "one", "a": "one", "X_one": "one", "Inner": "two", "b": "two", "X_two": "two", "C": "three", "D": "three",
            "E": "three",
        }  # fmt: skip
        compile(found.text, "merged", "exec")
        texts.add(found.text)
    assert len(texts) > 1
    assert BENCH in sys.path

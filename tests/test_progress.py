"""What is done now, and how much of how much of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from codemods.engine.registry import Spec
from runner import progress, run
from runner.config import Options
from runner.progress import Progress
from tests.command import on_a_terminal, shown_to_the_end

LOCAL = Path(__file__).parent / "local"
MISBEHAVE = str(LOCAL / "misbehave.py")
SWAP, RENAME = (str(LOCAL / f"{name}.py") for name in ("swap_call", "rename_everywhere"))
MODULE = "from legacy import old\n\nold(1)\n"


class Heard(Progress):
    """Keeps each thing that a bar would show."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def _show(self) -> None:
        self.shown.append(str(self))


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Heard:
    from contextlib import nullcontext

    told = Heard()
    monkeypatch.setattr(progress, "bar", lambda options: nullcontext(told))
    return told


def phases(shown: Sequence[str]) -> list[str]:
    """The last thing shown of each phase."""
    starts = [
        n
        for n, text in enumerate(shown)
        if n and text.split("/")[0].rstrip("0123456789") != shown[n - 1].split("/")[0].rstrip("0123456789")
    ]
    return [shown[n - 1] for n in starts] + [shown[-1]]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        # where no needle is left there is nothing to check for convergence
        ([SWAP], ["searching", "finding 3/3", "composing 3/3", "writing"]),
        ([SWAP, RENAME], [
            "swap-call (1 of 2): searching", "swap-call (1 of 2): finding 3/3", "swap-call (1 of 2): composing 3/3",
            "rename-everywhere (2 of 2): searching", "rename-everywhere (2 of 2): finding 3/3",
            "rename-everywhere (2 of 2): composing 3/3", "rename-everywhere (2 of 2): writing",
        ]),
        (["fixture-scope"], ["searching", "reading 1/1", "finding 1/1", "composing 1/1", "checking 1/1", "writing"]),
    ],
)  # fmt: skip
def test_each_phase_of_each_step_has_its_true_total(
    make_repo: Callable[..., Path], heard: Heard, names: list[str], expected: list[str]
) -> None:
    fixture = "import pytest\n\n\n@pytest.fixture\ndef db():\n    return 1\n"
    repo = make_repo({**{f"m{n}.py": MODULE for n in range(3)}, "test_a.py": fixture, "other.py": "x = 1\n"})
    run.run(Options(tuple(map(Spec, names)), repo, cache=False))
    assert phases(heard.shown) == expected
    for text in heard.shown:
        if "/" in text:
            done, total = map(int, text.rpartition(" ")[2].split("/"))
            assert done <= total


def test_formatting_is_a_phase(make_repo: Callable[..., Path], heard: Heard) -> None:
    formatted = "from legacy import old\n\nx = old(1, 22222, 333333)\n"
    repo = make_repo({"a.py": formatted, "pyproject.toml": "[tool.ruff]\nline-length = 29\n[tool.ruff.format]\n"})
    run.run(Options((Spec(SWAP, (("new", "brandnew"),)),), repo, cache=False))
    shown = phases(heard.shown)
    assert shown[shown.index("formatting 1/1") - 1] == "composing 1/1"


def test_a_terminal_shows_it_and_the_end_clears_it(make_repo: Callable[..., Path]) -> None:
    repo = make_repo({f"m{n}.py": f"x = 1{'  # hang here' * (n == 7)}\n" for n in range(40)})
    with on_a_terminal(repo, "run", MISBEHAVE, "-n", "--stat", "--timeout", "3", env={"GIT_PAGER": "cat"}) as (
        process,
        end,
    ):
        text = re.sub(r"\x1b\[[\d;?]*[a-zA-Z]", "", shown_to_the_end(process, end))
    assert process.returncode == 3
    assert re.search(r"\S finding 39/40 0:00:0\d", text), text
    assert not re.search(r"\?", text)

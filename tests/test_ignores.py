"""Ignore comments that cannot work are reported; those that may work elsewhere are not."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from codemods.engine import registry
from codemods.engine.golden import MemoryWorld
from codemods.engine.propose import propose
from codemods.engine.registry import Spec
from runner.services import LocalServices
from tests.command import codemod

SWAP = str(Path(__file__).parent / "local/swap_call.py")
RENAME = str(Path(__file__).parent / "local/rename_everywhere.py")
NOWHERE = "this comment hides nothing from any codemod"


def told(files: Mapping[str, str]) -> list[tuple[int, str]]:
    """Line and reason of each C003 that swap-call gives for a.py."""
    world = MemoryWorld({path: text.encode() for path, text in files.items()}, LocalServices())
    return [(s.line, s.reason) for s in propose(Spec(SWAP), world).skips if s.code == "C003-unused-ignore"]


@pytest.mark.parametrize(
    ("comment", "reason"),
    [
        # cannot work
        ("ignore[nosuch]", "there is no codemod 'nosuch'; known: "),
        ("ignore[modernise-typing]", "there is no codemod 'modernise-typing'; did you mean modernize-typing"),
        ("ignore[modernize_typing]", "there is no codemod 'modernize_typing'; did you mean modernize-typing"),
        ("ignore[Async-Mock]", "there is no codemod 'Async-Mock'; did you mean async-mock"),
        ("ignore[swap-call, async-mok]", "there is no codemod 'async-mok'; did you mean async-mock"),
        ("ignore[swap-call async-mock]", "there is no codemod 'swap-call async-mock'"),
        ("ignore-file[asyncio-marks]", "there is no codemod 'asyncio-marks'; did you mean asyncio-mark"),
        ("ignore[]", "'ignore[]' names no codemod, so it is for every codemod"),
        ("ignore-file[ , ]", "'ignore-file[ , ]' names no codemod"),
        ("ignore[swap-call", "'ignore[swap-call' has no closing bracket, so it is for every codemod"),
        ("ignore-file[ a, b # more]", "'ignore-file[ a, b ' has no closing bracket"),
        ("ignore-files", "'ignore-files' is no such comment; did you mean 'ignore-file'?"),
        ("ignroe[swap-call]", "'ignroe' is no such comment; did you mean 'ignore'?"),
        ("Ignore", "'Ignore' is no such comment; did you mean 'ignore'?"),
        # works here or may work elsewhere
        ("ignore", ""),
        ("ignore[swap-call]", ""),
        ("ignore[swap-call,async-mock]", ""),
        ("ignore [modernize-typing]", ""),
        ("ignore-file[ asyncio-mark ]", ""),
        ("ignore: written by hand", ""),
        ("made this in 2024", ""),
        ("generated", ""),
    ],
)
def test_a_comment_that_cannot_work_is_reported(comment: str, reason: str) -> None:
    found = told({"a.py": f"from legacy import old\n\nold(1)  # codemod: {comment}\n"})
    assert [(line, why[: len(reason)]) for line, why in found] == ([(3, reason)] if reason else [])


@pytest.mark.parametrize("comment", ["ignore", "ignore[swap-call]", "ignore[async-mock, swap-call]"])
def test_a_comment_on_a_line_of_its_own_is_reported_once(comment: str) -> None:
    text = f"from legacy import old\n# codemod: {comment}\nold(1)\nf(\n    # codemod: {comment}\n    old(2)\n)\n"
    found = told({"a.py": text})
    assert [(line, "hides nothing; write it" in why) for line, why in found] == [(2, True)]
    assert told({"a.py": text.replace(comment, "ignore[async-mock]")}) == []  # that one's to tell


def test_a_line_of_endless_comments_is_read_in_one_go() -> None:
    text = "from legacy import old\n#" + "#codemod:ignore[" * 100_000 + "\n"
    started = time.perf_counter()
    assert len(set(told({"a.py": text}))) == 2
    assert time.perf_counter() - started < 10


@pytest.mark.parametrize(
    ("comment", "reason"),
    [
        ("CODEMOD: IGNORE", "'CODEMOD: IGNORE' is no such comment; did you mean 'codemod: ignore'?"),
        ("codemod : ignore", "'codemod : ignore' is no such comment; did you mean 'codemod: ignore'?"),
        ("Codemod: ignore-file", "'Codemod: ignore-file' is no such comment; did you mean 'codemod: ignore-file'?"),
        ("Codemod: made in 2024", ""),
        ("the codemod: ignored it", ""),
    ],
)
def test_the_first_word_is_spelled_one_way(comment: str, reason: str) -> None:
    found = told({"a.py": f"from legacy import old\n\nold(1)  # {comment}\n"})
    assert found == ([(3, reason)] if reason else [])


def test_a_codemod_of_the_project_itself_is_not_ours_to_judge() -> None:
    text = "from legacy import old\nold(1)  # codemod: ignore[my-fix, our-rename, other]\n"
    found = told({"a.py": text, "tools/my_fix.py": "", "our_rename/__init__.py": "", "another.py": ""})
    assert [why.partition(";")[0] for _, why in found] == ["there is no codemod 'other'"]


def test_a_run_of_several_says_it_once(make_repo: Callable[..., Path]) -> None:
    text = "from legacy import old\nold(1)  # codemod: ignore[nosuch]\nold(2)  # codemod: ignore[rename-everywhere]\n"
    repo = make_repo({"a.py": text})
    done = codemod(repo, "run", f"{SWAP},{RENAME}", "-n", "-o", "rename-everywhere.word=old")
    assert done.stderr.count("there is no codemod 'nosuch'") == 1
    assert "rename-everywhere'" not in done.stderr  # a codemod of this run is known


def test_a_comment_for_all_that_hides_nothing_is_reported_where_all_have_run(make_repo: Callable[..., Path]) -> None:
    files = {
        "pyproject.toml": "[project]\nname = 'x'\nrequires-python = '>=3.11'\n",
        "a.py": "from typing import Optional\nx: Optional[int]  # codemod: ignore\ny = 1  # codemod: ignore\n",
        "quiet.py": "y = 1\n\nz = 1  # codemod: ignore\n",
        "whole.py": "# codemod: ignore-file\nfrom typing import List\nx: List[int]\n",
        "test_a.py": "import pytest\n\n\n@pytest.fixture\ndef db():  # codemod: ignore\n    return 1\n",
        "idle.py": "# codemod: ignore-file\n",
        "left/out.py": "y = 1  # codemod: ignore\n",
        "broken.py": "x = (  # codemod: ignore\n",
        "plain.py": "def old():\n    return 1\n",
    }
    repo = make_repo(files)
    (repo / "report.txt").write_text("0.01s call test_a.py::test_a\n")
    every = ",".join(sorted(registry.built_in()))
    needed = ["mark-slow.report=report.txt", "rename-symbol.symbol=plain.old", "rename-symbol.to=new"]
    needed += ["add-parameter.function=plain.old", "add-parameter.parameter=one: int = 0"]
    needed += ["move-symbol.symbol=whole.x", "move-symbol.to=quiet", "split-module.module=plain.py"]
    words = ["-n", "--output-format", "json", "--extend-exclude", "left"]
    done = codemod(repo, "run", every, *words, *(f"-o{option}" for option in needed))
    skips = [s for step in json.loads(done.stdout)["steps"] for s in step["skips"]]
    idle = [(s["path"], s["line"]) for s in skips if s["reason"] == NOWHERE]
    assert idle == [("a.py", 3), ("idle.py", 1), ("quiet.py", 3)]
    one = codemod(repo, "run", "modernize-typing", "-n", "-v")
    assert NOWHERE not in one.stderr

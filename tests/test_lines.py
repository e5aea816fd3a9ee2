"""Taking a change out of a text that went on since: what `git merge-file` can merge comes out the same, and more can."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from runner.deliver import Commit, deliver
from runner.git import Repository
from runner.undo.lines import Hunk, Merged, hunks, split, take_back

CASES = 300


def altered(lines: list[str], chance: random.Random, most: int) -> list[str]:
    """A text with some lines replaced, added or removed; some lines are alike, as in real code."""
    lines = list(lines)
    for _ in range(chance.randint(0, most)):
        at = chance.randrange(len(lines) + 1)
        new = [chance.choice(["", "}", "return", f"call({chance.randrange(9)})"]) for _ in range(chance.randrange(3))]
        lines[at : at + chance.randrange(3)] = new
    return lines


def joined(lines: list[str], chance: random.Random) -> bytes:
    end = chance.choice(["\n", "\r\n"])
    return (end.join(lines) + chance.choice(["", end])).encode()


def test_what_git_can_merge_comes_out_the_same(make_repo: Callable[..., Path], tmp_path: Path) -> None:
    chance = random.Random(1)
    texts: list[tuple[bytes, bytes, bytes]] = []
    for _ in range(CASES):
        middle = [chance.choice(["", "}", "return", f"line {n}"]) for n in range(chance.randrange(30))]
        seed = chance.randrange(1000)
        texts.append(
            tuple(joined(altered(middle, chance, most), random.Random(seed)) for most in (0, 4, 4))  # type: ignore[arg-type]
        )
    repository = Repository.open(make_repo({"a.py": ""}))
    files = {f"{n}/{side}": text for n, three in enumerate(texts) for side, text in enumerate(three)}
    done = deliver(repository, base=repository.head() or "", branch="x", commits=[Commit("All", dict(files))])
    oids = {path: entry.oid for path, entry in repository.tree(done.commits[0]).items()}
    pairs = [(oids[f"{n}/0"], oids[f"{n}/{side}"]) for n in range(CASES) for side in (1, 2)]
    ways = hunks(repository, [pair for pair in pairs if pair[0] != pair[1]])
    same = conflicts = 0
    for number, (middle_text, before, today) in enumerate(texts):
        back, later = (ways.get(pair, []) for pair in pairs[2 * number : 2 * number + 2])
        got = take_back(split(middle_text), split(before), split(today), back, later)
        for name, text in (("today", today), ("middle", middle_text), ("before", before)):
            (tmp_path / name).write_bytes(text)
        command = ["git", "merge-file", "-p", "today", "middle", "before"]
        merged = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
        if merged.returncode == 0:
            assert (b"".join(got.lines), got.touched) == (merged.stdout, []), number
            same += 1
        else:
            conflicts += 1
    assert min(same, conflicts) > 20


def merged(middle: str, before: str, today: str, back: list[Hunk], later: list[Hunk]) -> Merged:
    return take_back(*(split(t.encode()) for t in (middle, before, today)), back, later)


@pytest.mark.parametrize(
    ("later", "today", "want", "touched"),
    [
        ([Hunk(0, 1, 0, 1)], "A\nN\nc\n", "A\nO\nc\n", []),  # the line before
        ([Hunk(2, 3, 2, 3)], "a\nN\nC\n", "a\nO\nC\n", []),  # the line after
        ([Hunk(1, 1, 1, 2)], "a\nX\nN\nc\n", "a\nX\nO\nc\n", []),  # a new line right before
        ([Hunk(2, 2, 2, 3)], "a\nN\nX\nc\n", "a\nO\nX\nc\n", []),  # and right after
        ([Hunk(1, 2, 1, 2)], "a\nM\nc\n", "a\nM\nc\n", [2]),  # the same line
        ([Hunk(1, 2, 1, 1)], "a\nc\n", "a\nc\n", [1]),  # removed
        ([Hunk(1, 2, 1, 2)], "a\nO\nc\n", "a\nO\nc\n", []),  # taken back by hand
        ([Hunk(0, 3, 0, 0)], "", "", [1]),  # all is gone
    ],
)
def test_lines_that_touch_are_no_conflict(later: list[Hunk], today: str, want: str, touched: list[int]) -> None:
    got = merged("a\nN\nc\n", "a\nO\nc\n", today, [Hunk(1, 2, 1, 2)], later)
    assert (b"".join(got.lines).decode(), got.touched) == (want, touched)


def test_two_insertions_at_one_place_are_a_conflict() -> None:
    got = merged("a\nb\n", "a\nold\nb\n", "a\nmine\nb\n", [Hunk(1, 1, 1, 2)], [Hunk(1, 1, 1, 2)])
    assert (got.lines, got.touched) == ([b"a\n", b"mine\n", b"b\n"], [2])

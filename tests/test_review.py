"""`codemod review` by a pipe of keys, in real processes: what is decided, kept, asked again and applied."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

from runner import again
from runner.decide import Verdict
from tests.command import COMMAND, codemod, in_bytes, on_a_terminal, shown_to_the_end, shown_until
from tests.test_run import RENAME, SWAP, commit

FUNCTIONS = 4
FILES = ("a.py", "b.py", "pkg/c.py")
CALLS = """\
from legacy import old


def f0(x):
    return old(0)


def f1(x):
    value = old(1)  # a note
    return value


def f2(x):
    assert old(2)


def f3(x):
    return old(3, key=x)
"""


def review(where: Path, *keys: str, plan: str = "", env: Mapping[str, str] | None = None) -> tuple[str, str]:
    """What a review by these keys shows, and what it says at its end."""
    typed = "".join(f"{key}\n" for key in keys).encode("utf-8", "surrogateescape")
    done = in_bytes(where, "review", *filter(None, [plan]), typed=typed, env=env)
    assert done.returncode == 0, done.stderr
    return done.stdout.decode("utf-8", "surrogateescape"), done.stderr.decode()


def decided(where: Path) -> dict[str, str]:
    """What is decided on the newest plan, by `path:line`."""
    kept = again.find(where, "")
    places = {c.key: f"{c.parts[0].path}:{c.parts[0].line}" for c in kept.plan.changes}
    return {places[key]: d.verdict.value for key, d in kept.shelf.decisions(kept.row).by_key.items()}


def show(git: Callable[..., str], where: Path, path: str) -> str:
    return git(where, "show", f"codemod/swap-call:{path}") + "\n"


@pytest.fixture
def repo(make_repo: Callable[..., Path]) -> Path:
    return make_repo(dict.fromkeys(FILES, CALLS))


@pytest.fixture
def planned(repo: Path) -> Path:
    """Twelve changes in three files: in each an unsafe one at line 18."""
    assert codemod(repo, "run", SWAP, "-n", "--unsafe", "-q").returncode == 0
    return repo


# ---- the whole way -----------------------------------------------------------------------------


def test_two_of_twelve_are_rejected_by_keys_and_the_others_applied(planned: Path, git: Callable[..., str]) -> None:
    shown, said = review(planned, "g a.py", "n", "g 12", "n")
    assert decided(planned) == {"a.py:18": "reject", "pkg/c.py:14": "reject"}
    assert said.startswith("0 accepted, 2 rejected, 10 undecided (10 of them are applied unless rejected)\n")
    assert shown.count("accept this change") == 5
    assert codemod(planned, "apply").returncode == 0
    new = CALLS.replace("from legacy import old\n", "from legacy import old\nfrom lib import new\n").replace(
        "= old", "= new"
    )
    assert show(git, planned, "a.py") == new.replace("assert old", "assert new").replace("n old(0", "n new(0")
    everything = CALLS.replace("legacy", "lib").replace("old", "new")
    assert show(git, planned, "b.py") == everything
    assert show(git, planned, "pkg/c.py") == new.replace("n old", "n new")


def test_decisions_hold_after_a_commit_elsewhere_and_are_asked_again_where_their_place_was_touched(
    planned: Path, git: Callable[..., str]
) -> None:
    review(planned, "y", "n", "g b.py:", "g 12", "y")
    assert sorted(decided(planned).values()) == ["accept", "accept", "reject"]
    (planned / "other.py").write_text("x = 1\n")
    commit(git, planned)
    codemod(planned, "run", SWAP, "-n", "--unsafe", "-q")
    shown, _ = review(planned)
    assert "3 of 12 decided, 9 left" in shown
    (planned / "pkg/c.py").write_text(CALLS.replace("assert old(2)", "assert old(2)\n    assert old(2)"))
    commit(git, planned)
    codemod(planned, "run", SWAP, "-n", "--unsafe", "-q")
    assert sorted(decided(planned).values()) == ["accept", "ask", "reject"]
    shown, _ = review(planned, "g 4")
    assert "2 of 13 decided, 11 left" in shown
    assert "asked again: it was accepted, and is made otherwise now" in shown


def test_a_review_goes_on_where_it_was_left(planned: Path) -> None:
    first, said = review(planned, "y", "q", "y")
    assert "0 of 12 decided, 12 left" in first
    assert f"go on:    codemod review {again.find(planned, '').row.id}" in said
    second, _ = review(planned, "n")
    assert "1 of 12 decided, 11 left" in second
    assert second.index("(2/12)") < second.index("(3/12)")
    assert "(1/12)" not in second
    assert list(decided(planned).values()) == ["accept", "reject"]


def test_the_riskiest_come_first(planned: Path) -> None:
    shown, _ = review(planned, *["j"] * 12)
    assert [line.split()[0] for line in shown.splitlines() if line.startswith(("safe", "unsafe"))] == [
        *["unsafe"] * 3,
        *["safe"] * 9,
    ]
    assert "this is the last change" in shown


def test_one_key_decides_on_all_later_ones_of_a_shape_and_one_takes_it_back(planned: Path) -> None:
    review(planned, "a", "q")
    assert decided(planned) == {f"{path}:18": "accept" for path in FILES}
    kept = again.find(planned, "")
    assert {d.who for d in kept.shelf.decisions(kept.row).by_key.values()} == {"shape: old is new now"}
    shown, _ = review(planned, "j", "d", "u", "u")
    assert "rejected 2 changes of this shape" in shown
    assert "taken back: 2 decisions" in shown
    assert "nothing was decided since this review began" in shown
    assert set(decided(planned).values()) == {"accept"}


def test_a_person_is_named_as_git_names_them(planned: Path) -> None:
    review(planned, "y")
    kept = again.find(planned, "")
    [decision] = kept.shelf.decisions(kept.row).by_key.values()
    assert (decision.who, decision.verdict) == ("Ada Lovelace", Verdict.ACCEPT)
    shown, _ = review(planned, "g 1")
    assert "accepted by Ada Lovelace" in shown


def test_more_is_shown_and_then_a_shape_is_split(planned: Path) -> None:
    shown, _ = review(planned, "g 4", "s", "s", "s", "a", "g 5")
    _, few, many, *_ = shown.split("accept this change")
    assert "1  1  from legacy import old" not in few
    assert "1  1  from legacy import old" in many
    assert "nothing to split" in shown


def test_search_and_going_to_a_path(planned: Path) -> None:
    shown, _ = review(planned, "/PKG/C", "/", "g b.py", "g nowhere", "/nothing", "g 99", "g", "x", "?")
    assert [line for line in shown.splitlines() if line.startswith(("pkg/", "b.py"))] == [
        "pkg/c.py:18",
        "pkg/c.py:5",
        "b.py:18",
    ]
    for words in (
        "no path holds nowhere",
        "nothing holds nothing",
        "there is no change 99",
        "x is no key",
        "q  quit",
    ):
        assert words in shown


def test_all_decided_ends_the_review_and_it_may_be_looked_at_again(planned: Path) -> None:
    shown, said = review(planned, *"yyyyyyyyyyyy", "n")
    assert shown.count("accept this change") == 12
    assert said.startswith("12 accepted, 0 rejected, 0 undecided\n")
    assert "go on" not in said
    shown, said = review(planned, "n", "q")
    assert "12 of 12 decided, 0 left" in shown
    assert said.startswith("11 accepted, 1 rejected, 0 undecided\n")


def test_the_summary_lists_the_shapes_and_decides_nothing(planned: Path) -> None:
    review(planned, "y")
    done = codemod(planned, "review", "--summary")
    assert done.stdout.splitlines() == [
        "3  1 decided  unsafe  swap-call: old is new now  return: A → B",
        "3  0 decided  safe    swap-call: old is new now  return: A → B",
        "3  0 decided  safe    swap-call: old is new now  A → B",
        "3  0 decided  safe    swap-call: old is new now  assert: A → B",
    ]
    assert len(decided(planned)) == 1


# ---- many files --------------------------------------------------------------------------------


def test_a_change_over_many_files_is_shown_as_one(repo: Path) -> None:
    codemod(repo, "run", RENAME, "--word", "old", "-n", "-q")
    shown, _ = review(repo, "s")
    first, second, _ = shown.split("accept this change")
    assert "rename-everywhere: old → newest; causes edits in 3 files" in first
    assert "and in 2 more files (s shows all):\n  b.py\n  pkg/c.py\n" in first
    assert (first.count("+from legacy import newest"), second.count("+from legacy import newest")) == (1, 3)


def test_a_later_step_is_shown_as_the_earlier_one_leaves_its_files(repo: Path, git: Callable[..., str]) -> None:
    options = ("-o", "rename-everywhere.word=new", "-o", "rename-everywhere.to=newer")
    codemod(repo, "run", f"{SWAP},{RENAME}", "-n", "-q", *options)
    shown, _ = review(repo, "g 1", "n", "/newer")
    assert "+    return newer(0)" in shown
    assert "-    return new(0)" in shown


# ---- e -----------------------------------------------------------------------------------------


def test_the_new_text_of_a_change_may_be_edited(planned: Path, git: Callable[..., str], tmp_path: Path) -> None:
    (tmp_path / "text").write_text("max\n")
    shown, _ = review(planned, "g a.py", f"e={tmp_path / 'text'}", "k")
    assert "+    return max(3, key=x)" in shown
    assert "accepted with a text of your own by Ada Lovelace" in shown
    codemod(planned, "apply")
    assert "return max(3, key=x)" in show(git, planned, "a.py")


@pytest.mark.parametrize("key", ["y", "a"])
def test_an_edited_change_that_is_accepted_once_more_keeps_its_text(
    planned: Path, git: Callable[..., str], tmp_path: Path, key: str
) -> None:
    (tmp_path / "text").write_text("max\n")
    review(planned, "g a.py", f"e={tmp_path / 'text'}", "k", key, "q")
    codemod(planned, "apply")
    assert "return max(3, key=x)" in show(git, planned, "a.py")
    others = show(git, planned, "b.py")
    assert "return new(3, key=x)" in others
    (tmp_path / "text").write_text("new\n")  # what the codemod had proposed
    review(planned, "g a.py", f"e={tmp_path / 'text'}")
    codemod(planned, "apply", "--force")
    assert "return new(3, key=x)" in show(git, planned, "a.py")


@pytest.mark.parametrize(
    ("text", "why"),
    [("new(", "invalid syntax"), ("undefined_name", "leaves the name 'undefined_name' undefined")],
)
def test_an_edited_change_is_checked_and_asked_again(planned: Path, tmp_path: Path, text: str, why: str) -> None:
    (tmp_path / "text").write_text(text)
    shown, _ = review(planned, f"e={tmp_path / 'text'}")
    assert f"not accepted: a.py: {why}" in shown
    assert shown.count("(1/12)") == 2
    assert decided(planned) == {}


def test_the_editor_is_that_of_git_and_sees_what_was_refused_again(planned: Path, tmp_path: Path) -> None:
    script = tmp_path / "editor"
    script.write_text(f'#!/bin/sh\ncat "$1" >> {tmp_path}/seen\nsed -i "$(cat {tmp_path}/todo)" "$1"\n')
    script.chmod(0o755)
    (tmp_path / "todo").write_text("s/^new$/nix/")
    env = {"GIT_EDITOR": str(script)}
    shown, _ = review(planned, "e", "e", env=env)
    assert shown.count("leaves the name 'nix' undefined") == 2
    seen = (tmp_path / "seen").read_text()
    assert "#: 1 of 1, a.py, in place of: old\nnew\n" in seen
    assert "#: 1 of 1, a.py, in place of: old\nnix\n" in seen
    (tmp_path / "todo").write_text("s/^new$/max/")
    review(planned, "e", env=env)
    assert decided(planned) == {"a.py:18": "accept"}
    shown, _ = review(planned, "g 2", "e", env=env | {"GIT_EDITOR": "false"})
    assert "the editor ended with 1; nothing is decided" in shown


def test_an_edited_text_goes_to_all_places_of_a_rename(repo: Path, git: Callable[..., str], tmp_path: Path) -> None:
    codemod(repo, "run", RENAME, "--word", "old", "-n", "-q")
    (tmp_path / "text").write_text("latest")
    review(repo, f"e={tmp_path / 'text'}")
    assert codemod(repo, "apply").returncode == 0
    assert git(repo, "show", "codemod/rename-everywhere:pkg/c.py") + "\n" == CALLS.replace("old", "latest")


# ---- others at work ----------------------------------------------------------------------------


def read_until(process: subprocess.Popen[bytes], words: bytes) -> None:
    assert process.stdout
    seen = b""
    while words not in seen and (more := os.read(process.stdout.fileno(), 65536)):
        seen += more


def test_two_reviews_at_once_lose_nothing(planned: Path) -> None:
    with subprocess.Popen([*COMMAND, "review"], cwd=planned, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdin
        assert other.stdout
        other.stdin.write(b"y\n")
        other.stdin.flush()
        read_until(other, b"(2/12)")
        review(planned, "n", "n")
        codemod(planned, "run", SWAP, "-n", "--unsafe", "-q")
        other.stdin.write(b"g 12\nn\n")
        other.stdin.close()
        other.stdout.read()
    assert sorted(decided(planned).values()) == ["accept", "reject", "reject", "reject"]


def test_a_review_that_is_killed_has_kept_every_key(planned: Path) -> None:
    with subprocess.Popen(
        [*COMMAND, "review"], cwd=planned, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin
        process.stdin.write(b"y\nn\n")
        process.stdin.flush()
        read_until(process, b"(3/12)")
        process.kill()
    assert len(decided(planned)) == 2


# ---- a terminal --------------------------------------------------------------------------------

PROMPT = "e,s,j,k,g,/,u,q,?]?"


def keys_on_a_terminal(where: Path, keys: Iterable[str], env: Mapping[str, str]) -> tuple[int, str]:
    with on_a_terminal(where, "review", env=env) as (process, end):
        seen = ""
        for key in keys:
            seen += shown_until(end, PROMPT)
            os.write(end, key.encode())
        seen += shown_to_the_end(process, end)
    return process.returncode, seen


def test_on_a_terminal_a_key_needs_no_enter(planned: Path) -> None:
    code, seen = keys_on_a_terminal(planned, ["y", "\x1b[B", "gpkg/c.py\n", "n", "q"], {"NO_COLOR": "1"})
    assert code == 0
    assert decided(planned) == {"a.py:18": "accept", "pkg/c.py:18": "reject"}
    assert "\033" not in seen
    assert "1 accepted, 1 rejected, 10 undecided" in seen


def test_a_terminal_has_colours(planned: Path) -> None:
    _, seen = keys_on_a_terminal(planned, ["\x04"], {})
    assert "\033[31m-    return old(3, key=x)\033[0m" in seen
    assert "\033[32m+    return new(3, key=x)\033[0m" in seen


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interruption_leaves_the_terminal_as_it_was(planned: Path, number: int, code: int) -> None:
    import termios

    with on_a_terminal(planned, "review") as (process, end):
        before = termios.tcgetattr(end)
        shown_until(end, PROMPT.split("?")[0])
        os.write(end, b"y")
        shown_until(end, "(2/12)")
        assert termios.tcgetattr(end) != before
        os.write(end, b"\x03") if number == signal.SIGINT else process.send_signal(number)
        seen = shown_to_the_end(process, end)
        assert termios.tcgetattr(end) == before
    assert process.returncode == code
    assert "all decisions are kept; go on with: codemod review" in seen
    assert len(decided(planned)) == 1


# ---- what cannot be reviewed -------------------------------------------------------------------


def test_a_plan_without_changes_has_nothing_to_review(repo: Path) -> None:
    codemod(repo, "run", SWAP, "--old", "nothing", "-n", "-q")
    done = codemod(repo, "review")
    assert (done.returncode, done.stdout) == (0, "")
    assert "has no changes: there is nothing to review" in done.stderr
    assert codemod(repo, "review", "nothing").returncode == 2


def test_a_plan_whose_base_is_gone_says_how_to_plan_again(planned: Path, git: Callable[..., str]) -> None:
    old = git(planned, "rev-parse", "HEAD")
    git(planned, "commit", "-q", "--amend", "-m", "other")
    git(planned, "reflog", "expire", "--expire=now", "--all")
    git(planned, "gc", "-q", "--prune=now")
    done = codemod(planned, "review")
    assert done.returncode == 2
    assert f"is made for commit {old[:12]}, which is not here any more; plan again: codemod run" in done.stderr


def test_files_outside_of_git_that_changed_since_are_said_and_shown_as_far_as_known(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(CALLS)
    (tmp_path / "b.py").write_text(CALLS)
    codemod(tmp_path, "run", SWAP, "-n", "--in-place", "-q")
    (tmp_path / "b.py").write_text("# mine\n" + CALLS)
    shown, _ = review(tmp_path, "j", "y")
    assert "+    return new(0)" in shown
    assert "its content is not the one that the plan was made for" in shown
    lines = (again.find(tmp_path, "").shelf.folder).glob("*.jsonl")
    assert [json.loads(p.read_text().rpartition(" ")[0])["decision"] for p in lines] == ["accept"]


def test_hostile_text_moves_no_cursor(make_repo: Callable[..., Path]) -> None:
    long = f"X = '{'x' * 1_000_000}', old(1), '{'y' * 1_000}'\n"
    repo = make_repo(
        {
            "two\nlines\x1b[2J.py": "from legacy import old\nold(1)  # \x1b[2J \u202e evil\x07\n",
            "crlf.py": "from legacy import old\r\n\r\n\r\ndef f():\r\n    return old(1)\r\n",
            "latin.py": "# coding: latin-1\nfrom legacy import old\nx = 'caf\xe9', old(1)\n".encode("latin-1"),
            "long.py": f"from legacy import old\n{long}",
        }
    )
    codemod(repo, "run", SWAP, "-n", "-q", "--output-format", "json")
    shown, _ = review(repo, *"jjjjjj")
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert '"two\\nlines\\033[2J.py":2' in shown
    assert "+new(1)  # ^[[2J \\u202e evil^G\n" in shown
    assert "'café', new(1)" in shown
    assert "\r" not in shown
    assert max(map(len, shown.splitlines())) < 700
    assert "xx', new(1), 'yy" in shown

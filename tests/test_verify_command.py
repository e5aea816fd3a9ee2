"""`codemod run --verify` and `codemod verify`: what passes is delivered, what does not is decided and named."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from runner import again
from runner.decide import Decision, Verdict
from tests.command import codemod
from tests.verifying import worktrees

Make = Callable[..., Path]
Git = Callable[..., str]
PLANT = str(Path(__file__).parent / "local/plant.py")
SWAP = str(Path(__file__).parent / "local/swap_call.py")
PROJECT = {
    "calc.py": "def add(a, b):\n    return a + b\n\n\ndef double(a):\n    return add(a, a)\n",
    "test_calc.py": (
        "from calc import add, double\n\n\ndef test_add():\n    assert add(1, 2) == 3\n\n\n"
        "def test_double():\n    assert double(4) == 8\n"
    ),
}
EDITS = [("calc.py", "a + b", "b + a"), ("calc.py", "add(a, a)", "add(a, 3)"), ("test_calc.py", "== 8", "== 2 * 4")]
BAD = "calc.py:6: 'add(a, a)' replaced (test_calc.py::test_double fails with it)"


@pytest.fixture
def repo(make_repo: Make, environment: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATH", str(environment / "bin"), prepend=":")
    return make_repo(PROJECT)


def planted(tmp_path: Path, edits: Sequence[tuple[str, str, str]] = EDITS) -> list[str]:
    (tmp_path / "edits.json").write_text(json.dumps(edits))
    return [PLANT, "--edits", str(tmp_path / "edits.json")]


def test_the_green_part_is_delivered_and_the_rest_is_named(repo: Path, git: Git, tmp_path: Path) -> None:
    done = codemod(repo, "run", *planted(tmp_path), "--verify", "pytest -q")
    assert (done.returncode, done.stdout) == (3, "")
    assert f"left out, tests fail with it: {BAD}" in done.stderr
    assert "plant: made 2 changes in 2 files" in done.stderr
    assert "verified: 2 tests pass with it (2 runs of the command" in done.stderr
    assert git(repo, "show", "codemod/plant:calc.py") + "\n" == PROJECT["calc.py"].replace("a + b", "b + a")
    assert "2 changes in 2 files; 1 change left out, tests fail with them" in git(
        repo, "log", "-1", "--format=%B", "codemod/plant"
    ).replace("\n", " ")
    assert worktrees(repo) == []
    kept = again.find(repo, "")
    (decision,) = kept.shelf.decisions(kept.row).by_key.values()
    assert (decision.verdict, decision.who, decision.note) == (
        Verdict.FAILS,
        "verify",
        "test_calc.py::test_double fails with it",
    )

    again_done = codemod(repo, "run", *planted(tmp_path), "--verify", "pytest -q", "--output-format", "json")
    assert again_done.returncode == 3
    told = json.loads(again_done.stdout)
    assert told["verified"] | {"kept": len(told["verified"]["kept"])} == {
        **{"tests": 2, "runs": 1, "narrow_runs": 0, "base_runs": 0},
        **{"kept": 2, "excluded": {}, "set_aside": [], "notes": []},
    }
    assert [change["state"] for change in told["steps"][0]["changes"]] == ["applied", "excluded", "applied"]


def test_with_nothing_to_leave_out_it_is_as_without(repo: Path, git: Git, tmp_path: Path) -> None:
    done = codemod(repo, "run", *planted(tmp_path, EDITS[:1]), "--verify", "python -m pytest")
    assert done.returncode == 0
    tip = git(repo, "rev-parse", "codemod/plant")
    git(repo, "branch", "-D", "codemod/plant")
    assert codemod(repo, "run", *planted(tmp_path, EDITS[:1])).returncode == 0
    assert git(repo, "rev-parse", "codemod/plant") == tip


def test_where_it_cannot_be_verified_nothing_is_delivered(repo: Path, git: Git, tmp_path: Path) -> None:
    before = git(repo, "for-each-ref")
    for command, more, why in (
        ("pytest", ["--all-or-nothing"], "test_calc.py::test_double fails; nothing was delivered (--all-or-nothing)"),
        ("false", [], "the command fails on the base already (exit code 1)"),
        ("no-such-thing", [], "no-such-thing: there is no such program"),
    ):
        done = codemod(repo, "run", *planted(tmp_path), "--verify", command, *more)
        assert (done.returncode, done.stdout) == (4, "")
        assert f"codemod: {why}" in done.stderr
    assert (git(repo, "for-each-ref"), worktrees(repo)) == (before, [])


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (["--verify", "pytest", "-n"], "--verify delivers what passes, and --dry-run changes nothing"),
        (["--verify", "pytest", "--check"], "--verify delivers what passes, and --check changes nothing"),
        (["--verify", "pytest", "--in-place"], "codemod apply --in-place"),
        (["--verify", "cd x && pytest"], "'&&' is for a shell, and none runs this"),
        (["--verify-setup", "make"], "--verify-setup is for --verify"),
        (["--all-or-nothing"], "--all-or-nothing is for --verify"),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    repo: Path, tmp_path: Path, options: list[str], why: str
) -> None:
    done = codemod(repo, "run", *planted(tmp_path), *options)
    assert done.returncode == 2
    assert why in done.stderr


def test_a_project_cannot_name_what_is_run(repo: Path, tmp_path: Path) -> None:
    for key in ("verify", "verify-setup", "verify-copy", "verify-timeout", "verify-budget", "all-or-nothing"):
        (repo / "codemod.toml").write_text(f'{key} = "pytest"\n')
        done = codemod(repo, "run", *planted(tmp_path), "-n")
        assert done.returncode == 2
        assert f'unknown key "{key}"' in done.stderr


def test_a_plan_is_judged_and_then_applied(repo: Path, git: Git, tmp_path: Path) -> None:
    codemod(repo, "run", *planted(tmp_path), "-n")
    done = codemod(repo, "verify", "--", "pytest", "-q")
    assert (done.returncode, done.stdout) == (3, "")
    lines = done.stderr.splitlines()
    assert f"  left out, tests fail with it: {BAD}" in lines
    assert lines[-1].startswith("apply it with: codemod apply ")
    assert git(repo, "branch", "--list", "codemod/*") == ""
    codemod(repo, *lines[-1].removeprefix("apply it with: codemod ").split())
    assert git(repo, "show", "codemod/plant:calc.py") + "\n" == PROJECT["calc.py"].replace("a + b", "b + a")


def test_a_branch_is_judged(repo: Path, git: Git, tmp_path: Path) -> None:
    codemod(repo, "run", *planted(tmp_path))
    tip = git(repo, "rev-parse", "codemod/plant")
    done = codemod(repo, "verify", "codemod/plant", "--", "pytest", "-q")
    assert done.returncode == 3
    assert done.stderr.splitlines()[-1].startswith("renew it with: codemod apply ")
    assert git(repo, "rev-parse", "codemod/plant") == tip
    words = done.stderr.splitlines()[-1].removeprefix("renew it with: codemod ").split()
    assert codemod(repo, *words).returncode == 3
    assert git(repo, "show", "codemod/plant:calc.py") + "\n" == PROJECT["calc.py"].replace("a + b", "b + a")
    again_done = codemod(repo, "verify", "codemod/plant", "--", "pytest", "-q")
    assert again_done.returncode == 3  # something is left out
    assert "verified: 2 tests pass with it (1 run of the command)" in again_done.stderr


def test_a_branch_that_lists_its_commits_for_git_blame_is_judged_and_keeps_its_list(
    repo: Path, git: Git, tmp_path: Path
) -> None:
    codemod(repo, "run", *planted(tmp_path), "--blame-ignore")
    done = codemod(repo, "verify", "codemod/plant", "--", "pytest", "-q")
    assert done.returncode == 3
    words = done.stderr.splitlines()[-1].removeprefix("renew it with: codemod ").split()
    assert codemod(repo, *words).returncode == 3
    assert len(git(repo, "show", "codemod/plant:.git-blame-ignore-revs").splitlines()) >= 1
    assert git(repo, "show", "codemod/plant:calc.py") + "\n" == PROJECT["calc.py"].replace("a + b", "b + a")


def test_a_branch_with_the_work_of_others_is_refused(repo: Path, git: Git, tmp_path: Path) -> None:
    codemod(repo, "run", *planted(tmp_path))
    git(repo, "switch", "-q", "codemod/plant")
    (repo / "more.py").touch()
    git(repo, "add", "-A")
    git(repo, "commit", "-qm", "More")
    done = codemod(repo, "verify", "codemod/plant", "--", "pytest", "-q")
    assert done.returncode == 2
    assert "branch codemod/plant holds something else than its plan" in done.stderr


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["verify"], "which command? codemod verify [PLAN] -- pytest -q"),
        (["verify", "nothing", "--", "pytest"], "there is no plan"),
        (["verify", "main", "--", "pytest"], "main is no run of codemod"),
    ],
)
def test_what_cannot_be_judged_is_refused(repo: Path, words: list[str], why: str) -> None:
    done = codemod(repo, *words)
    assert done.returncode == 2
    assert why in done.stderr


def test_what_there_was_no_time_for_is_judged_the_next_time(repo: Path, git: Git, tmp_path: Path) -> None:
    words = ["run", *planted(tmp_path, EDITS[:1])]
    codemod(repo, *words, "-n")
    kept = again.find(repo, "")
    (change,) = kept.plan.changes
    late = Decision(key=change.key, digest=change.digest, verdict=Verdict.ASK, who="verify", note="not judged")
    with kept.shelf.deciding(kept.row) as decider:
        decider.add([late])
    done = codemod(repo, *words)
    assert "1 change not applied, the tests had no time for them:" in done.stderr
    assert codemod(repo, *words, "--verify", "pytest").returncode == 0
    assert git(repo, "diff", "--name-only", "main", "codemod/plant") == "calc.py"
    git(repo, "branch", "-D", "codemod/plant")
    assert codemod(repo, "apply").returncode == 0
    assert git(repo, "diff", "--name-only", "main", "codemod/plant") == "calc.py"


def test_an_edited_change_that_breaks_the_tests_is_left_out_with_its_text(
    repo: Path, git: Git, tmp_path: Path
) -> None:
    codemod(repo, "run", *planted(tmp_path, [EDITS[0], ("calc.py", "add(a, a)", "a + a")]), "-n")
    kept = again.find(repo, "")
    change = next(c for c in kept.plan.changes if c.parts[0].line == 6)
    mine = Decision(key=change.key, digest=change.digest, verdict=Verdict.ACCEPT, who="ada", new=("add(a, 5)",))
    with kept.shelf.deciding(kept.row) as decider:
        decider.add([mine])
    done = codemod(repo, "verify", "--", "pytest", "-q")
    assert done.returncode == 3, done.stderr
    told = kept.shelf.decisions(kept.row).by_key[change.key]
    assert (told.digest, told.verdict, told.new) == (change.digest, Verdict.FAILS, ("add(a, 5)",))
    assert codemod(repo, "apply").returncode == 3
    assert git(repo, "show", "codemod/plant:calc.py") + "\n" == PROJECT["calc.py"].replace("a + b", "b + a")


@pytest.mark.parametrize("who", ["verify", "ada"])
def test_an_acceptance_outlives_that_there_was_no_time_for_it(repo: Path, git: Git, who: str) -> None:
    """An unsafe change that a person has accepted and edited; verify alone accepts nothing."""
    (repo / "use.py").write_text("from legacy import old\n\n\ndef f():\n    return old(1, key=2)\n")
    git(repo, "add", "-A")
    git(repo, "commit", "-qm", "Use")
    codemod(repo, "run", SWAP, "-n")
    kept = again.find(repo, "")
    (change,) = kept.plan.changes
    late = Decision(
        key=change.key, digest=change.digest, verdict=Verdict.ASK, who=who, note="not judged: …", new=("max",)
    )
    with kept.shelf.deciding(kept.row) as decider:
        decider.add([late])
    assert "the tests had no time for them:" in codemod(repo, "apply").stderr
    assert codemod(repo, "verify", "--", "pytest").returncode == 0
    assert codemod(repo, "apply").returncode == 0
    if who == "ada":
        assert git(repo, "show", "codemod/swap-call:use.py").endswith("return max(1, key=2)")
    else:
        assert git(repo, "branch", "--list", "codemod/*") == ""


def test_where_there_is_nothing_to_judge_no_test_runs(repo: Path, tmp_path: Path) -> None:
    done = codemod(repo, "run", *planted(tmp_path, []), "--verify", "no-such-thing")
    assert (done.returncode, "plant: nothing to do" in done.stderr) == (0, True)


def test_several_steps_are_judged_together(repo: Path, git: Git, write: Callable[..., None], tmp_path: Path) -> None:
    """A later step finds what an earlier one leaves; what is left out of the first is not there for it."""
    write(
        repo,
        {
            "legacy.py": "def old(a):\n    return a\n",
            "lib.py": "def new(a):\n    return a + 1\n",
            "use.py": "from legacy import old\n\nX = old(1)\n",
            "test_use.py": "import use\n\n\ndef test_x():\n    assert use.X == 1\n",
        },
    )
    git(repo, "add", "-A")
    git(repo, "commit", "-qm", "Use")
    words = planted(tmp_path, [("calc.py", "a + b", "b + a"), ("calc.py", "add(a, a)", "add(a, 3)")])
    done = codemod(repo, "run", f"{words[0]},{SWAP}", "-o", f"plant.edits={words[2]}", "--verify", "pytest")
    assert done.returncode == 3, done.stderr
    assert f"left out, tests fail with it: {BAD}" in done.stderr
    assert "left out, tests fail with it: use.py:3: old is new now (test_use.py::test_x fails with it)" in done.stderr
    assert git(repo, "diff", "--name-only", "main", "codemod/plant-swap-call") == "calc.py"
    assert git(repo, "show", "codemod/plant-swap-call:calc.py") + "\n" == PROJECT["calc.py"].replace("a + b", "b + a")

"""`codemod plans`, `diff` and `apply`: what was reviewed is what is written, or nothing."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from runner import again, decide
from runner.decide import Decision, Verdict
from tests.command import codemod
from tests.test_run import MODULE, RENAME, SWAP, SWAPPED, commit, repo, snapshot

__all__ = ["repo"]


def decisions_on(where: Path, verdicts: Mapping[str, Verdict], new: tuple[str, ...] = ()) -> None:
    """Decide on safe changes of the newest plan, by `path:line`."""
    kept = again.find(where, "")
    changes = {f"{c.parts[0].path}:{c.parts[0].line}": c for c in kept.plan.changes if c.safety == "safe"}
    with kept.shelf.deciding(kept.row) as decider:
        decider.add(
            Decision(key=changes[place].key, digest=changes[place].digest, verdict=verdict, who="ada", new=new)
            for place, verdict in verdicts.items()
        )


def blob(git: Callable[..., str], where: Path, path: str, branch: str = "codemod/swap-call") -> str:
    return git(where, "show", f"{branch}:{path}") + "\n"


def test_plans_are_listed_newest_first_with_what_was_decided(repo: Path, git: Callable[..., str]) -> None:
    assert codemod(repo, "plans").stdout == ""
    codemod(repo, "run", SWAP, "-n")
    codemod(repo, "run", RENAME, "--word", "old", "--in-place", "-n")
    decisions_on(repo, {})
    rows = [line.split()[:5] for line in codemod(repo, "plans").stdout.splitlines()]
    assert [row[1:] for row in rows] == [
        ["(files)", "rename-everywhere", "1", "0"],
        [git(repo, "rev-parse", "HEAD")[:8], "swap-call", "4", "0"],
    ]
    told = json.loads(codemod(repo, "plans", "--json").stdout)
    assert [(p["id"], p["changes"], p["decided"]) for p in told] == [(rows[0][0], 1, 0), (rows[1][0], 4, 0)]


def test_apply_writes_exactly_what_is_accepted(repo: Path, git: Callable[..., str]) -> None:
    codemod(repo, "run", SWAP, "-n")
    decisions_on(repo, {"a.py:5": Verdict.REJECT})
    before = snapshot(repo)
    done = codemod(repo, "apply", "swap-call")
    assert (done.returncode, snapshot(repo)) == (0, before)
    assert "made 1 change in 1 file" in done.stderr
    assert "1 change left out, rejected in review" in done.stderr
    assert (blob(git, repo, "a.py"), blob(git, repo, "pkg/b.py")) == (MODULE, SWAPPED)
    assert "1 change rejected in\nreview;" in git(repo, "log", "-1", "--format=%B", "codemod/swap-call")


def test_an_unsafe_change_that_was_accepted_is_applied_and_one_that_was_edited_as_it_was_edited(
    repo: Path, git: Callable[..., str]
) -> None:
    codemod(repo, "run", SWAP, "-n", "--unsafe")
    unsafe = [c for c in again.find(repo, "").plan.changes if c.safety == "unsafe" and c.parts[0].path == "a.py"]
    codemod(repo, "run", SWAP, "-n")
    kept = again.find(repo, "")
    assert unsafe[0].key in {c.key for c in kept.plan.changes}
    with kept.shelf.deciding(kept.row) as decider:
        for change in unsafe:
            decider.add([Decision(key=change.key, digest=change.digest, verdict=Verdict.ACCEPT, new=("max",))])
    assert codemod(repo, "apply").returncode == 0
    assert blob(git, repo, "a.py") == SWAPPED.replace("old(2, key=3)", "max(2, key=3)")
    assert blob(git, repo, "pkg/b.py") == SWAPPED


def test_diff_shows_what_apply_would_write(repo: Path, git: Callable[..., str]) -> None:
    codemod(repo, "run", SWAP, "-n")
    decisions_on(repo, {"a.py:5": Verdict.REJECT})
    shown = codemod(repo, "diff", "--output-format", "patch")
    assert "a/pkg/b.py" in shown.stdout
    assert "a/a.py" not in shown.stdout
    id = again.find(repo, "").row.id
    assert codemod(repo, "diff").stderr.endswith(
        f"apply with: codemod apply {id}\nor decide on each change first: codemod review {id}\n"
    )
    codemod(repo, "apply")
    assert shown.stdout == git(repo, "diff", "HEAD", "codemod/swap-call") + "\n"


def test_a_later_run_keeps_what_was_decided(repo: Path, git: Callable[..., str]) -> None:
    codemod(repo, "run", SWAP, "-n")
    decisions_on(repo, {"a.py:5": Verdict.REJECT, "pkg/b.py:5": Verdict.ACCEPT})
    (repo / "pkg/other.py").write_text("x = 2\n")
    commit(git, repo)
    done = codemod(repo, "run", SWAP, "-n")
    assert "1 change left out, rejected in review" in done.stderr
    kept = again.find(repo, "")
    assert {d.verdict for d in kept.shelf.decisions(kept.row).by_key.values()} == {Verdict.REJECT, Verdict.ACCEPT}
    assert codemod(repo, "plans").stdout.split()[4] == "2"


def test_a_run_over_less_forgets_no_decision(repo: Path) -> None:
    codemod(repo, "run", SWAP, "-n")
    decisions_on(repo, {"a.py:5": Verdict.REJECT})
    codemod(repo, "run", SWAP, "-n", "pkg")
    assert "1 change left out, rejected in review" in codemod(repo, "run", SWAP, "-n").stderr


def test_what_a_review_decides_after_a_newer_plan_was_made_holds_for_the_next_one(
    repo: Path, git: Callable[..., str]
) -> None:
    codemod(repo, "run", SWAP, "-n")
    decisions_on(repo, {"a.py:5": Verdict.ACCEPT})
    kept = again.find(repo, "")  # a review that stays open
    change = next(c for c in kept.plan.changes if c.parts[0].path == "pkg/b.py")
    (repo / "pkg/other.py").write_text("x = 2\n")
    commit(git, repo)
    codemod(repo, "run", SWAP, "-n")
    with kept.shelf.deciding(kept.row) as decider:
        decider.add([Decision(key=change.key, digest=change.digest, verdict=Verdict.REJECT, who="ada")])
    decisions_on(repo, {"a.py:5": Verdict.REJECT})  # on the newer plan: that is newer, and stays
    for _ in range(2):
        codemod(repo, "run", SWAP, "-n")
        kept = again.find(repo, "")
        told = kept.shelf.decisions(kept.row).by_key.values()
        assert [d.verdict for d in told] == [Verdict.REJECT, Verdict.REJECT]


def test_who_changes_their_mind_on_an_earlier_plan_is_heard(repo: Path, git: Callable[..., str]) -> None:
    codemod(repo, "run", SWAP, "-n")
    decisions_on(repo, {"a.py:5": Verdict.ACCEPT})
    kept = again.find(repo, "")  # a review that stays open
    (repo / "pkg/other.py").write_text("x = 2\n")
    commit(git, repo)
    codemod(repo, "run", SWAP, "-n")  # the acceptance is copied
    (accepted,) = kept.shelf.decisions(kept.row).by_key.values()
    with kept.shelf.deciding(kept.row) as decider:
        decider.add([replace(accepted, verdict=Verdict.REJECT, when=0)])
    assert "1 change left out, rejected in review" in codemod(repo, "run", SWAP, "-n").stderr


def test_decisions_on_a_plan_that_is_damaged_are_said_to_be_lost(repo: Path) -> None:
    codemod(repo, "run", SWAP, "-n")
    decisions_on(repo, {"a.py:5": Verdict.REJECT})
    kept = again.find(repo, "")
    (kept.shelf.folder / f"{kept.row.id}.json").write_text("{")
    done = codemod(repo, "run", SWAP, "-n")
    assert done.returncode == 0
    assert f"what was decided on plan {kept.row.id} does not hold here" in done.stderr


def test_what_was_accepted_and_altered_since_is_asked_again(repo: Path, git: Callable[..., str]) -> None:
    codemod(repo, "run", RENAME, "--word", "old", "-n")
    kept = again.find(repo, "")
    [change] = kept.plan.changes
    with kept.shelf.deciding(kept.row) as decider:
        decider.add([Decision(key=change.key, digest=change.digest, verdict=Verdict.ACCEPT)])
    (repo / "c.py").write_text(MODULE)
    commit(git, repo)
    moved = codemod(repo, "apply", "--replan")
    assert moved.returncode == 2
    assert "1 change that you had accepted would be made otherwise now; decide again: codemod review" in moved.stderr
    done = codemod(repo, "run", RENAME, "--word", "old", "-n")
    assert "1 change not applied until you decide again" in done.stderr
    assert done.stdout == ""


def test_a_plan_whose_files_changed_since_is_refused_and_replan_keeps_the_decisions(
    repo: Path, git: Callable[..., str]
) -> None:
    codemod(repo, "run", SWAP, "-n")
    decisions_on(repo, {"a.py:5": Verdict.REJECT})
    (repo / "pkg/b.py").write_text("# above\n" + MODULE)
    commit(git, repo)
    done = codemod(repo, "apply")
    assert done.returncode == 2
    assert "pkg/b.py has changed since" in done.stderr
    assert git(repo, "branch", "--list", "codemod/*") == ""
    id = again.find(repo, "").row.id
    assert done.stderr.endswith(f"plan again and keep the decisions: codemod apply {id} --replan\n")
    assert codemod(repo, "apply", id, "--replan").returncode == 0
    assert (blob(git, repo, "a.py"), blob(git, repo, "pkg/b.py")) == (MODULE, "# above\n" + SWAPPED)


def test_a_base_that_moved_on_elsewhere_is_no_obstacle(repo: Path, git: Callable[..., str]) -> None:
    base = git(repo, "rev-parse", "HEAD")
    codemod(repo, "run", SWAP, "-n")
    (repo / "pkg/other.py").write_text("x = 2\n")
    commit(git, repo)
    done = codemod(repo, "apply")
    assert "HEAD has moved on to" in done.stderr
    assert (done.returncode, git(repo, "rev-parse", "codemod/swap-call^")) == (0, base)


def test_a_plan_of_a_named_base_follows_that_name(repo: Path, git: Callable[..., str]) -> None:
    git(repo, "branch", "release")
    (repo / "a.py").write_text("x = 1\n")
    commit(git, repo)
    codemod(repo, "run", SWAP, "-n", "--base", "release")
    assert codemod(repo, "apply").returncode == 0
    git(repo, "branch", "-D", "codemod/swap-call")
    git(repo, "branch", "-f", "release", "HEAD")
    assert "a.py has changed since" in codemod(repo, "apply").stderr
    assert codemod(repo, "apply", "--replan").returncode == 0
    assert blob(git, repo, "a.py") == "x = 1\n"


def test_a_plan_of_a_commit_is_applied_to_the_working_tree_where_that_is_as_planned(repo: Path) -> None:
    codemod(repo, "run", SWAP, "-n")
    (repo / "pkg/b.py").write_text("# mine\n" + MODULE)
    refused = codemod(repo, "apply", "--in-place")
    assert (refused.returncode, (repo / "a.py").read_text()) == (2, MODULE)
    assert "pkg/b.py has changed in the working tree; commit or stash that" in refused.stderr
    (repo / "pkg/b.py").write_text(MODULE)
    assert codemod(repo, "apply", "--in-place").returncode == 0
    assert ((repo / "a.py").read_text(), (repo / "pkg/b.py").read_text()) == (SWAPPED, SWAPPED)
    assert codemod(repo, "undo").returncode == 0
    assert (repo / "a.py").read_text() == MODULE


@pytest.mark.parametrize("with_git", [True, False])
def test_a_plan_of_files_is_applied_where_they_are_as_planned(repo: Path, with_git: bool) -> None:
    if not with_git:
        shutil.rmtree(repo / ".git")
    codemod(repo, "run", SWAP, "-n", "--in-place")
    decisions_on(repo, {"a.py:5": Verdict.REJECT})
    text = (repo / "pkg/b.py").read_text()
    (repo / "pkg/b.py").write_text("# mine\n" + text)
    refused = codemod(repo, "apply")
    assert refused.returncode == 2
    assert "pkg/b.py has changed since the plan was made" in refused.stderr
    (repo / "pkg/b.py").write_text(text)
    assert codemod(repo, "apply").returncode == 0
    assert ((repo / "a.py").read_text(), (repo / "pkg/b.py").read_text()) == (MODULE, SWAPPED)


def test_decisions_may_come_from_a_file_and_stay_beside_the_plan(repo: Path, tmp_path: Path) -> None:
    codemod(repo, "run", SWAP, "-n", "--in-place")
    changes = [c for c in again.find(repo, "").plan.changes if c.safety == "safe"]
    lines = [decide.to_line(Decision(key=c.key, digest=c.digest, verdict=Verdict.REJECT)) for c in changes[:1]]
    (tmp_path / "d.jsonl").write_text("\n".join(lines))
    assert codemod(repo, "apply", "--decisions", str(tmp_path / "d.jsonl")).returncode == 0
    assert ((repo / "a.py").read_text(), (repo / "pkg/b.py").read_text()) == (MODULE, SWAPPED)
    assert "1 change left out, rejected in review" in codemod(repo, "run", SWAP, "-n", "--in-place").stderr


def test_decisions_are_printed_as_they_are_taken(repo: Path, tmp_path: Path, git: Callable[..., str]) -> None:
    codemod(repo, "run", SWAP, "-n")
    decisions_on(repo, {"pkg/b.py:5": Verdict.REJECT})
    decisions_on(repo, {"a.py:5": Verdict.ACCEPT}, new=("max",))
    printed = codemod(repo, "review", "--export")
    assert [json.loads(line)["decision"] for line in printed.stdout.splitlines()] == ["accept", "reject"]
    assert (printed.returncode, printed.stderr) == (0, "")
    [kept] = (repo / ".git/codemod/plans").glob("*.decisions.jsonl")
    kept.unlink()
    (tmp_path / "d.jsonl").write_text(printed.stdout)
    assert codemod(repo, "apply", "--decisions", str(tmp_path / "d.jsonl")).returncode == 0
    assert git(repo, "diff", "--name-only", "main..codemod/swap-call") == "a.py"
    assert "max(" in blob(git, repo, "a.py")
    assert codemod(repo, "review", "--export").stdout == printed.stdout


def test_texts_that_are_not_those_of_the_change_are_refused(repo: Path, tmp_path: Path) -> None:
    """Nothing else than what was accepted is applied: not the text that was to be replaced."""
    codemod(repo, "run", SWAP, "-n")
    kept = again.find(repo, "")
    change = kept.plan.changes[0]
    file = tmp_path / "decisions.jsonl"
    told = {"key": change.key, "digest": change.digest, "decision": "accept"}
    for new, why in ((["a", "b"], "2 new texts, and it has 1 edit"), ([7], "decision 1 cannot be read")):
        file.write_text(json.dumps(told | {"new": new}))
        refused = codemod(repo, "apply", "--decisions", str(file))
        assert (refused.returncode, refused.stderr.count("\n")) == (2, 1), refused.stderr
        assert why in refused.stderr
    assert kept.shelf.decisions(kept.row) == decide.NONE


def test_a_file_that_only_a_later_step_is_about_may_not_have_changed_either(
    repo: Path, git: Callable[..., str], write: Callable[..., None]
) -> None:
    write(repo, {"other.txt": "x\n", "word.py": "word = 1\n"})
    options = ("-o", "rename-everywhere.word=word", "-o", "rename-everywhere.to=term")
    assert codemod(repo, "run", f"{SWAP},{RENAME}", "-n", "--in-place", *options).returncode == 0
    (repo / "word.py").write_text("word = 1\n# by hand\n")
    refused = codemod(repo, "apply", "--in-place")
    assert refused.returncode == 2
    assert "word.py has changed since the plan was made" in refused.stderr
    assert "old(" in (repo / "a.py").read_text()


def test_decisions_on_another_plan_are_refused(repo: Path, tmp_path: Path) -> None:
    codemod(repo, "run", SWAP, "-n")
    (tmp_path / "d").write_text('{"key": "0", "digest": "1", "decision": "reject"}')
    done = codemod(repo, "apply", "--decisions", str(tmp_path / "d"))
    assert done.returncode == 2
    assert "decides on change 0, which plan" in done.stderr


def test_later_steps_are_found_again_where_an_earlier_one_changes_less(repo: Path, git: Callable[..., str]) -> None:
    codemod(
        repo, "run", f"{SWAP},{RENAME}", "-n", "-o", "rename-everywhere.word=new", "-o", "rename-everywhere.to=newer"
    )
    decisions_on(repo, {"a.py:5": Verdict.REJECT})
    done = codemod(repo, "apply")
    assert done.returncode == 0, done.stderr
    assert blob(git, repo, "a.py", "codemod/swap-call-rename-everywhere") == MODULE


def test_what_was_accepted_and_is_not_found_after_an_earlier_rejection_is_said(
    repo: Path, git: Callable[..., str]
) -> None:
    pairs = ("-o", "rename-everywhere.word=new", "-o", "rename-everywhere.to=newer")
    codemod(repo, "run", f"{SWAP},{RENAME}", "-n", *pairs)
    kept = again.find(repo, "")
    with kept.shelf.deciding(kept.row) as decider:
        for step, verdict in zip(kept.plan.steps, (Verdict.REJECT, Verdict.ACCEPT), strict=True):
            decider.add(Decision(key=c.key, digest=c.digest, verdict=verdict) for c in step.changes)
    done = codemod(repo, "apply")
    assert (done.returncode, git(repo, "branch", "--list", "codemod/*")) == (0, "")
    assert "accepted, and not found now that an earlier step changes less: a.py:1: new → newer" in done.stderr


def test_half_of_a_character_in_a_plan_is_refused(repo: Path) -> None:
    codemod(repo, "run", SWAP, "-n")
    row = again.find(repo, "").row
    folder = repo / ".git/codemod/plans"
    for half in ("\\ud800", "\\udc00", "\\udfff"):
        data = (folder / f"{row.id}.json").read_text().replace('"name":"swap-call"', f'"name":"{half}"').encode()
        whole = hashlib.sha256(data).hexdigest()
        (folder / f"{whole[:8]}.json").write_bytes(data)
        told = json.loads((folder / f"{row.id}.row.json").read_text().partition("\n")[0])
        (folder / f"{whole[:8]}.row.json").write_text(json.dumps(told | {"id": whole[:8], "hash": whole}))
        for word in ("diff", "apply", "review"):
            done = codemod(repo, word, whole[:8])
            assert (done.returncode, done.stdout) == (2, "")
            assert "damaged; plan again with codemod run NAME -n" in done.stderr


def test_the_name_of_a_base_is_believed_of_this_user_alone(repo: Path, git: Callable[..., str]) -> None:
    git(repo, "branch", "other")
    codemod(repo, "run", SWAP, "-n", "--base", "other")
    row = again.find(repo, "").row
    path = repo / f".git/codemod/plans/{row.id}.row.json"
    assert row.ref == "other"
    path.write_text(path.read_text().replace('"other"', '"planted"'))
    assert again.find(repo, "").row.ref == "HEAD"


def test_a_codemod_that_changed_since_is_said(repo: Path, tmp_path: Path) -> None:
    own = tmp_path / "swap_call.py"
    shutil.copy(SWAP, own)
    codemod(repo, "run", str(own), "-n")
    own.write_text(
        own.read_text().replace("is {self.new} now", "became {self.new}").replace('self.new}"', 'self.new}x"')
    )
    done = codemod(repo, "apply")
    assert done.returncode == 2
    assert (
        "would come out otherwise now: swap-call has changed since; plan again and keep the decisions" in done.stderr
    )


def test_a_plan_that_came_with_the_repository_names_no_code_to_run(repo: Path, tmp_path: Path) -> None:
    codemod(repo, "run", SWAP, "-n")
    kept = again.find(repo, "")
    row = kept.shelf.folder / f"{kept.row.id}.row.json"
    evil = tmp_path / "swap_call.py"
    evil.write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")
    row.write_text(row.read_text().replace(SWAP, str(evil)))
    done = codemod(repo, "apply")
    assert done.returncode == 2
    assert "of a codemod file swap_call.py that was not run from here; run that first" in done.stderr
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    "words", [("apply", "--in-place", "--branch", "x"), ("apply", "nothing"), ("diff", "nothing")]
)
def test_what_cannot_be_asked_is_told(repo: Path, words: tuple[str, ...]) -> None:
    codemod(repo, "run", SWAP, "-n")
    assert codemod(repo, *words).returncode == 2


# ---- a plan that came with the repository ------------------------------------------------------


def plant(where: Path, alter: Callable[[dict[str, Any]], None]) -> None:
    """Put another plan in the place of the newest, as whoever packs a repository with its git directory can."""
    kept = again.find(where, "")
    data = json.loads((kept.shelf.folder / f"{kept.row.id}.json").read_bytes())
    alter(data)
    written = json.dumps(data).encode()
    digest = hashlib.sha256(written).hexdigest()
    row = json.loads((kept.shelf.folder / f"{kept.row.id}.row.json").read_bytes().partition(b"\n")[0])
    shutil.rmtree(kept.shelf.folder)
    kept.shelf.folder.mkdir()
    (kept.shelf.folder / f"{digest[:8]}.json").write_bytes(written)
    told = row | {"id": digest[:8], "hash": digest}
    (kept.shelf.folder / f"{digest[:8]}.row.json").write_text(json.dumps(told))


COMMANDS = (("diff",), ("apply",), ("apply", "--replan"), ("verify", "--", "true"))


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_planted_plan_names_no_code_to_run(repo: Path, tmp_path: Path, command: tuple[str, ...]) -> None:
    ran, evil = tmp_path / "ran", tmp_path / "evil.py"
    evil.write_text(f"open({str(ran)!r}, 'w')\n")
    codemod(repo, "run", "asyncio-mark", "-n")

    def alter(data: dict[str, Any]) -> None:
        data["steps"][0]["where"] = str(evil)
        data["settings"] = {"verify_setup": f"touch {ran}"}

    plant(repo, alter)
    done = codemod(repo, *command)
    assert (done.returncode, ran.exists()) == (2, False)
    assert "was not run from here; run that first" in done.stderr


def test_a_planted_plan_says_neither_what_to_verify_with_nor_where_it_goes(
    repo: Path, tmp_path: Path, git: Callable[..., str]
) -> None:
    ran = tmp_path / "ran"
    (repo / "test_it.py").write_text("async def test_it(): pass\n")
    commit(git, repo)
    codemod(repo, "run", "asyncio-mark", "-n")
    head, settings = git(repo, "rev-parse", "HEAD"), {"verify_setup": f"touch {ran}", "branch": "main", "force": True}
    plant(repo, lambda data: data.update(settings=settings | {"where": "/", "jobs": "x", "specs": []}))
    assert codemod(repo, "verify", "--", "true").returncode == 4  # it looks at no file
    assert codemod(repo, "apply").returncode == 0
    assert (ran.exists(), git(repo, "rev-parse", "HEAD")) == (False, head)
    assert git(repo, "branch", "--list", "codemod/asyncio-mark")


@pytest.mark.parametrize(
    "altered",
    [
        {"settings": {"in_place": True}},  # and made of a commit
        {"base": ""},  # and not in place
        {"base": "HEAD"},
        {"settings": {"exclude": 5}},
        {"settings": {"exclude": [5]}},
        {"settings": {"diff_base": 5}},
        {"settings": {"max_file_size": "x"}},
        {"steps": []},
    ],
    ids=str,
)
def test_a_planted_plan_with_values_that_no_codemod_wrote_is_refused(repo: Path, altered: dict[str, Any]) -> None:
    codemod(repo, "run", SWAP, "-n")
    before = snapshot(repo)
    plant(repo, lambda data: data.update(altered))
    for command in COMMANDS:
        done = codemod(repo, *command)
        assert (done.returncode, snapshot(repo)) == (2, before), done.stderr


@pytest.mark.parametrize("edit", [[5, 1, "x"], [-5, -1, "x"], [0, 10**30, "x"], [0, 0, "x", "run"]], ids=str)
def test_a_planted_plan_with_edits_that_are_none_is_refused(repo: Path, edit: list[object]) -> None:
    codemod(repo, "run", SWAP, "-n")
    plant(repo, lambda data: data["steps"][0]["changes"][0]["parts"][0].update(edits=[edit]))
    for command in (*COMMANDS, ("review", "--summary")):
        assert codemod(repo, *command).returncode == 2


def test_a_plan_that_is_made_again_keeps_its_command(repo: Path, git: Callable[..., str]) -> None:
    codemod(repo, "run", SWAP, "-n")
    planned = again.find(repo, "").row.id
    assert codemod(repo, "apply", "--replan").returncode == 0
    assert again.find(repo, "").row.id == planned
    assert "To repeat: codemod run swap_call.py\n" in git(repo, "log", "-1", "--format=%B", "codemod/swap-call")

"""`codemod undo` of runs that made a branch: whatever became of the branch, and whatever came after it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from runner.deliver import Commit, deliver
from runner.errors import UsageError
from runner.git import Repository
from runner.undo import choice as undo
from runner.undo import runs as branch_runs
from runner.undo.runs import BranchRun, keep
from tests.command import codemod

Git = Callable[..., str]
Make = Callable[..., Path]
Write = Callable[..., None]

LINES = [f"line {number}\n" for number in range(1, 31)]
OLD = "".join(LINES)
NEW = OLD.replace("line 3\n", "line three\n").replace("line 20\n", "line twenty\n")
FILES = {"a.py": OLD, "b.py": OLD, "c.txt": "c\n"}
PLAN = "ab" * 32


def made(
    repo: Path,
    files: Mapping[str, str | bytes | None] | None = None,
    *,
    plan: str = PLAN,
    branch: str = "codemod/some",
    force: bool = False,
    recorded: bool = True,
    steps: int = 1,
) -> BranchRun:
    """What `codemod run some` does: the files in the last commit, with trailers, and a record."""
    repository = Repository.open(repo)
    base = repository.head() or ""
    chosen = {"a.py": NEW} if files is None else files
    content = {p: t.encode("utf-8", "surrogateescape") if isinstance(t, str) else t for p, t in chosen.items()}
    message = "Change some lines\n\nCodemod: some 1\nCodemod-Plan: " + plan + "\n"
    first = [Commit(message.replace("some l", "other l").replace(": some", f": other{n}"), {f"step{n}.py": b"x = 1\n"})
             for n in range(1, steps)]  # fmt: skip
    done = deliver(repository, base=base, branch=branch, commits=[*first, Commit(message, content)], force=force)
    run = BranchRun(plan=plan, name="some", branch=branch, base=base, commits=done.commits, replaced=done.replaced)
    if recorded:
        keep(run, repository.state_dir)
    return run


@pytest.fixture
def repo(make_repo: Make, git: Git, write: Write) -> Path:
    """A repository with a stash, something staged, something changed and something untracked."""
    root = make_repo(FILES)
    write(root, {"c.txt": "stashed\n"})
    git(root, "stash", "push", "-q")
    write(root, {"staged.py": "s = 1\n", "untracked.py": "u = 1\n", "c.txt": "mine\n"})
    git(root, "add", "staged.py")
    return root


Look = Callable[[Path], object]


@pytest.fixture
def look(git: Git) -> Look:
    """What an undo may not touch: the checkout, the index, the stash and all refs but those of codemod."""

    def seen(root: Path) -> object:
        index = Path(git(root, "rev-parse", "--path-format=absolute", "--git-path", "index"))
        files = {
            p: p.read_bytes() for p in root.rglob("*") if p.is_file() and ".git" not in p.relative_to(root).parts
        }
        refs = git(root, "for-each-ref", "--format=%(refname) %(objectname)").split("\n")
        others = [ref for ref in refs if "refs/heads/codemod/" not in ref]
        assert not list(root.rglob("codemod/tmp/*"))
        return (files, index.read_bytes() if index.exists() else None, others, git(root, "rev-parse", "HEAD"))

    return seen


def commit(git: Git, write: Write, repo: Path, files: Mapping[str, str | bytes], message: str = "Later") -> None:
    write(repo, files)
    git(repo, "add", *files)
    git(repo, "commit", "-qm", message, "--", *files)


def text(git: Git, repo: Path, place: str) -> str:
    return git(repo, "show", place) + "\n"


def changed(git: Git, repo: Path, branch: str = "codemod/undo-some", base: str = "HEAD") -> list[str]:
    return git(repo, "diff", "--name-status", "-M", base, branch).split("\n")


def branches(git: Git, repo: Path) -> list[str]:
    return git(repo, "for-each-ref", "--format=%(refname:lstrip=2)", "refs/heads").split("\n")


# ---- not merged --------------------------------------------------------------------------------


def test_a_branch_that_was_not_merged_is_deleted(repo: Path, git: Git, look: Look) -> None:
    run = made(repo)
    before = look(repo)
    assert next(iter(undo.runs(repo))).endswith("some  branch codemod/some, not merged: would be deleted")
    told = undo.undo(repo)
    assert look(repo) == before
    assert (branches(git, repo), told.exit_code) == (["main"], 0)
    back = f"git branch codemod/some {run.tip[:12]}"
    assert told.lines == (f"branch codemod/some of run 1 (some) is deleted; get it back with: {back}",)
    assert list(undo.runs(repo)) == []
    git(repo, *back.split()[1:])
    assert undo.undo(repo, "codemod/some").exit_code == 0
    with pytest.raises(UsageError, match="nothing to undo"):
        undo.undo(repo)


def test_a_branch_goes_back_to_what_it_held_before_force(repo: Path, git: Git) -> None:
    first = made(repo)
    second = made(repo, {"b.py": NEW}, plan="cd" * 32, force=True)
    assert second.replaced == first.tip
    assert undo.undo(repo).lines[0].startswith(f"branch codemod/some is at {first.tip[:12]} again, as before run 2")
    assert git(repo, "rev-parse", "codemod/some") == first.tip
    assert undo.undo(repo).exit_code == 0
    assert branches(git, repo) == ["main"]


def test_a_branch_that_moved_since_is_left(repo: Path, git: Git) -> None:
    run = made(repo)
    tree = git(repo, "rev-parse", "codemod/some^{tree}")
    mine = git(repo, "commit-tree", tree, "-p", run.tip, "-m", "Mine")
    git(repo, "update-ref", "refs/heads/codemod/some", mine)
    for word in ("", "1", "codemod/some", run.tip, PLAN[:8]):
        with pytest.raises(UsageError, match=f"is not where the run left it, at {run.tip[:12]}, but at {mine[:12]}"):
            undo.undo(repo, word)
    assert git(repo, "rev-parse", "codemod/some") == mine


def test_a_branch_that_is_checked_out_anywhere_is_left(repo: Path, git: Git, tmp_path: Path) -> None:
    made(repo)
    git(repo, "worktree", "add", "-q", str(tmp_path / "second"), "codemod/some")
    with pytest.raises(UsageError, match=f"codemod/some is checked out in {tmp_path / 'second'}; switch that"):
        undo.undo(repo)
    git(repo, "worktree", "remove", str(tmp_path / "second"))
    git(repo, "stash", "push", "-qu")
    git(repo, "switch", "-q", "codemod/some")
    with pytest.raises(UsageError, match="is checked out"):
        undo.undo(repo)
    git(repo, "switch", "-q", "main")
    assert undo.undo(repo).exit_code == 0


def test_a_branch_that_is_gone_is_told(repo: Path, git: Git) -> None:
    made(repo)
    git(repo, "branch", "-qD", "codemod/some")
    with pytest.raises(UsageError, match=r"run 1 \(some\): branch codemod/some is gone, and HEAD holds none"):
        undo.undo(repo)
    assert "branch codemod/some is gone" in next(undo.runs(repo))
    made(repo)  # the same commits again: one record of them
    assert [line.split()[0] for line in undo.runs(repo)] == ["2"]


def test_two_runs_on_one_branch_name_are_two(repo: Path, git: Git, write: Write) -> None:
    first = made(repo)
    git(repo, "merge", "-q", "--ff-only", "codemod/some")
    git(repo, "branch", "-qD", "codemod/some")
    second = made(repo, {"b.py": NEW}, plan="cd" * 32)
    assert [line.split()[0] for line in undo.runs(repo)] == ["2", "1"]
    assert undo.undo(repo).exit_code == 0
    assert branches(git, repo) == ["main"]
    assert undo.undo(repo, first.tip[:10]).exit_code == 0
    assert changed(git, repo) == ["M\ta.py"]
    with pytest.raises(UsageError, match="there is no run 2 to undo; on record: 1"):
        undo.undo(repo, "2")
    assert second.tip != first.tip


# ---- merged ------------------------------------------------------------------------------------


def fast_forward(git: Git, repo: Path) -> None:
    git(repo, "merge", "-q", "--ff-only", "codemod/some")


def merge_commit(git: Git, repo: Path) -> None:
    git(repo, "merge", "-q", "--no-ff", "-m", "Merge it", "codemod/some")


def squash(git: Git, repo: Path) -> None:
    git(repo, "merge", "-q", "--squash", "codemod/some")
    git(repo, "commit", "-q", "--no-edit")


def squash_renamed(git: Git, repo: Path) -> None:
    git(repo, "merge", "-q", "--squash", "codemod/some")
    git(repo, "commit", "-qm", "All in my own words")


def rebase(git: Git, repo: Path) -> None:
    git(repo, "rebase", "-q", "main", "codemod/some")
    git(repo, "switch", "-q", "main")
    git(repo, "merge", "-q", "--ff-only", "codemod/some")


WAYS = pytest.mark.parametrize("take", [fast_forward, merge_commit, squash, squash_renamed, rebase])


@WAYS
@pytest.mark.parametrize("kept", [True, False], ids=["branch kept", "branch deleted"])
def test_what_was_merged_is_reverted_after_later_commits(
    make_repo: Make, git: Git, write: Write, look: Look, take: Callable[..., None], kept: bool
) -> None:
    repo = make_repo(FILES)
    run = made(repo, {"a.py": NEW, "b.py": None, "new.py": "x = 1\n"}, steps=2)
    if take is not fast_forward:
        commit(git, write, repo, {"c.txt": "other\n", "a.py": OLD.replace("line 30", "line thirty")}, "Meanwhile")
    take(git, repo)
    if not kept:
        git(repo, "branch", "-qD", "codemod/some")
    now = text(git, repo, "HEAD:a.py")
    commit(git, write, repo, {"a.py": now.replace("line 10\n", "line ten\nand more\n"), "d.py": "d\n"})
    before = look(repo)
    listed = next(undo.runs(repo))
    assert "in HEAD" in listed
    assert "would be reverted on a branch" in listed
    told = undo.undo(repo)
    assert told.exit_code == 0, told
    assert "codemod/some" not in branches(git, repo) or kept
    assert sorted(changed(git, repo)) == ["A\tb.py", "D\tnew.py", "D\tstep1.py", "M\ta.py"]
    want = OLD.replace("line 10\n", "line ten\nand more\n")
    assert text(git, repo, "codemod/undo-some:a.py") == (
        want if take is fast_forward else want.replace("line 30", "line thirty")
    )
    message = git(repo, "log", "-1", "--format=%B", "codemod/undo-some")
    assert message.startswith("Revert some\n\n")
    assert message.rstrip().endswith(f"Codemod-Undo: {run.plan}")
    again = undo.undo(repo)
    assert look(repo) == before
    assert "already holds exactly this undo" in again.lines[0]
    git(repo, "merge", "-q", "--ff-only", "codemod/undo-some")
    taken = git(repo, "rev-parse", "--short=12", "HEAD")
    with pytest.raises(UsageError, match=f"nothing to undo of run 1 .some.: {taken} has taken it back"):
        undo.undo(repo)
    assert next(undo.runs(repo)).endswith(f"taken back by {taken}")


def test_what_later_commits_touched_is_named_and_left(repo: Path, git: Git, write: Write) -> None:
    made(repo, {"a.py": NEW, "b.py": NEW, "new.py": "x = 1\n"})
    git(repo, "merge", "-q", "codemod/some")
    commit(git, write, repo, {"a.py": "first\n" + NEW.replace("line three\n", "line 3 and more\n")})
    commit(git, write, repo, {"new.py": "x = 2\n"})
    git(repo, "rm", "-q", "b.py")
    git(repo, "commit", "-qm", "Remove b", "--", "b.py")
    told = undo.undo(repo)
    assert told.exit_code == 3
    assert told.lines[-3:] == (
        "a.py:4: changed since; left alone",
        "b.py:1: deleted since; left alone",
        "new.py:1: made by the run, changed since; left alone",
    )
    assert changed(git, repo) == ["M\ta.py"]
    want = "first\n" + OLD.replace("line 3\n", "line 3 and more\n")
    assert text(git, repo, "codemod/undo-some:a.py") == want
    assert "- a.py:4: changed since" in git(repo, "log", "-1", "--format=%B", "codemod/undo-some")


def test_a_block_is_taken_back_line_by_line_and_lines_that_touch_do_not_matter(
    repo: Path, git: Git, write: Write
) -> None:
    block = "".join(f"call(old, {n})\n" for n in range(6))
    commit(git, write, repo, {"a.py": f"import x\n{block}end = 1\n"}, "Block")
    made(repo, {"a.py": f"import x\n{block.replace('old', 'new')}end = 1\n"})
    git(repo, "merge", "-q", "codemod/some")
    later = block.replace("old", "new").replace("call(new, 2)\n", "call(new, 2, 'mine')\n")
    commit(git, write, repo, {"a.py": f"import y\n{later}end = 2\nmore = 3\n"})
    told = undo.undo(repo)
    assert told.lines[-1] == "a.py:4: changed since; left alone"
    want = block.replace("call(old, 2)\n", "call(new, 2, 'mine')\n")
    assert text(git, repo, "codemod/undo-some:a.py") == f"import y\n{want}end = 2\nmore = 3\n"


def test_a_file_that_would_not_parse_is_left_whole(repo: Path, git: Git, write: Write) -> None:
    before = "x = f(\n    1,\n)\ny = 1\n"
    commit(git, write, repo, {"a.py": before}, "Call")
    made(repo, {"a.py": "x = 1\ny = 2\n", "b.py": NEW})
    git(repo, "merge", "-q", "codemod/some")
    commit(git, write, repo, {"a.py": "if True:\n    x = 1\ny = 2\n"})
    told = undo.undo(repo)
    assert told.exit_code == 3
    assert changed(git, repo) == ["M\tb.py"]
    assert told.lines[-1].startswith("a.py:")


def test_a_file_that_became_huge_is_left(repo: Path, git: Git, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("runner.undo.reverse._LARGEST", 1000)
    made(repo, {"a.py": NEW, "b.py": NEW})
    fast_forward(git, repo)
    commit(git, write, repo, {"a.py": NEW * 10})
    assert undo.undo(repo).lines[-1] == "a.py:1: too large to be compared; left alone"
    assert changed(git, repo) == ["M\tb.py"]


def test_a_name_that_later_code_needs_stays_defined(repo: Path, git: Git, write: Write) -> None:
    commit(git, write, repo, {"a.py": "x = 1\n\n\n\ny = 1\n"}, "Short")
    made(repo, {"a.py": "import os\nx = os.sep\n\n\n\ny = 1\n", "b.py": NEW})
    git(repo, "merge", "-q", "codemod/some")
    commit(git, write, repo, {"a.py": "import os\nx = os.sep\n\n\n\ny = os.curdir\n"})
    told = undo.undo(repo)
    assert told.lines[-1] == "a.py:1: changed since, and os would be undefined without that; left alone"
    assert changed(git, repo) == ["M\tb.py"]


@pytest.mark.parametrize("more", ["", "and more\n"], ids=["moved", "moved and changed"])
def test_a_file_that_was_renamed_since_is_found(repo: Path, git: Git, write: Write, more: str) -> None:
    made(repo)
    git(repo, "merge", "-q", "codemod/some")
    git(repo, "mv", "a.py", "deep.py")
    git(repo, "commit", "-qm", "Move", "--", "a.py", "deep.py")
    git(repo, "mv", "deep.py", "deeper.py")
    git(repo, "commit", "-qm", "Move on", "--", "deep.py", "deeper.py")
    commit(git, write, repo, {"deeper.py": NEW + more, "d.py": "d\n"})
    assert undo.undo(repo).exit_code == 0
    assert changed(git, repo) == ["M\tdeeper.py"]
    assert text(git, repo, "codemod/undo-some:deeper.py") == OLD + more


def test_a_file_that_was_renamed_and_then_rewritten_is_found_by_its_history(
    repo: Path, git: Git, write: Write
) -> None:
    made(repo)
    git(repo, "merge", "-q", "codemod/some")
    git(repo, "mv", "a.py", "moved.py")
    git(repo, "commit", "-qm", "Move", "--", "a.py", "moved.py")
    mine = "".join(f"mine {n}\n" for n in range(100))
    commit(git, write, repo, {"moved.py": mine + (repo / "moved.py").read_text() + mine})
    assert undo.undo(repo).exit_code == 0
    assert text(git, repo, "codemod/undo-some:moved.py") == mine + OLD + mine


@pytest.mark.parametrize("later", [False, True], ids=["as it was", "changed since"])
def test_a_file_that_the_run_moved_goes_back_with_its_mode(repo: Path, git: Git, write: Write, later: bool) -> None:
    git(repo, "update-index", "--chmod=+x", "a.py")
    (repo / "a.py").chmod(0o755)
    git(repo, "commit", "-qm", "Run it", "--", "a.py")
    made(repo, {"a.py": None, "pkg/a.py": NEW, "b.py": None})
    git(repo, "merge", "-q", "codemod/some")
    if later:
        commit(git, write, repo, {"pkg/a.py": NEW.replace("line 10\n", "line ten\n")})
    assert undo.undo(repo).exit_code == 0
    want = OLD.replace("line 10\n", "line ten\n") if later else OLD
    assert text(git, repo, "codemod/undo-some:a.py") == want
    listed = git(repo, "ls-tree", "-r", "codemod/undo-some")
    assert "pkg/" not in listed
    assert [line.split()[0] for line in listed.split("\n") if line.endswith("\tb.py")] == ["100644"]
    assert [line.split()[0] for line in listed.split("\n") if line.endswith("\ta.py")] == ["100755"]


def test_bytes_are_kept(make_repo: Make, git: Git, write: Write) -> None:
    old = OLD.replace("\n", "\r\n").encode() + b"caf\xe9\r\nno end"
    new = old.replace(b"line 3\r", b"line three\r").replace(b"no end", b"no end\r\n")
    name = 'na\udcefve "file".py'
    repo = make_repo({name: old, "m.py": old})
    made(repo, {name: new, "m.py": new})
    git(repo, "merge", "-q", "codemod/some")
    commit(git, write, repo, {name: new.replace(b"line 9\r", b"line nine\r")})
    assert undo.undo(repo).exit_code == 0
    git(repo, "switch", "-q", "codemod/undo-some")
    assert (repo / name).read_bytes() == old.replace(b"line 9\r", b"line nine\r")
    assert (repo / "m.py").read_bytes() == old


# ---- which run ---------------------------------------------------------------------------------


@WAYS
@pytest.mark.parametrize("word", ["codemod/some", "COMMIT", PLAN[:7]])
def test_a_run_without_a_record_is_found(
    make_repo: Make, git: Git, write: Write, take: Callable[..., None], word: str
) -> None:
    repo = make_repo(FILES)
    run = made(repo, recorded=False, steps=2)
    commit(git, write, repo, {"c.txt": "other\n"}, "Meanwhile") if take is not fast_forward else None
    take(git, repo)
    if take is rebase and word == "COMMIT":
        word = git(repo, "rev-parse", "HEAD~1")  # as the rebase made it
    assert undo.undo(repo, word.replace("COMMIT", run.commits[0][:9])).exit_code == 0
    assert sorted(changed(git, repo, "codemod/undo-other1-some")) == ["D\tstep1.py", "M\ta.py"]


def test_a_branch_from_elsewhere_is_deleted_only_as_codemod_left_it(repo: Path, git: Git) -> None:
    run = made(repo, recorded=False)
    tree = git(repo, "rev-parse", f"{run.tip}^{{tree}}")
    mine = git(repo, "commit-tree", tree, "-p", run.tip, "-m", "Mine")
    git(repo, "update-ref", "refs/heads/codemod/some", mine)
    with pytest.raises(UsageError, match=f"not where the run left it, at {run.tip[:12]}, but at {mine[:12]}"):
        undo.undo(repo, "codemod/some")
    message = git(repo, "log", "-1", "--format=%B", run.tip)
    amended = git(repo, "commit-tree", tree, "-p", "main", "-m", message)
    git(repo, "update-ref", "refs/heads/codemod/some", amended)
    with pytest.raises(UsageError, match="amended or rebased since codemod wrote it"):
        undo.undo(repo, "codemod/some")
    git(repo, "update-ref", "refs/heads/codemod/some", run.tip)
    told = undo.undo(repo, "codemod/some")
    assert told.lines[0] == (
        f"branch codemod/some of run {PLAN[:12]} (some) is deleted; get it back with: git branch codemod/some {run.tip[:12]}"
    )


def test_a_squash_whose_commits_are_gone_is_reverted_as_a_whole(repo: Path, git: Git, write: Write) -> None:
    made(repo, recorded=False)
    squash(git, repo)
    git(repo, "branch", "-qD", "codemod/some")
    git(repo, "-c", "gc.reflogExpire=now", "-c", "gc.reflogExpireUnreachable=now", "gc", "-q", "--prune=now")
    commit(git, write, repo, {"d.py": "d\n"})
    brought = git(repo, "rev-parse", "--short=12", "HEAD~1")
    told = undo.undo(repo, PLAN[:12])
    assert told.lines[0] == f"the commits that codemod wrote are not here: all that {brought} changed is taken back"
    assert text(git, repo, "codemod/undo-some:a.py") == OLD


def test_a_record_whose_commits_are_gone_finds_the_squash(repo: Path, git: Git) -> None:
    made(repo)
    squash(git, repo)
    git(repo, "branch", "-qD", "codemod/some")
    git(repo, "-c", "gc.reflogExpire=now", "-c", "gc.reflogExpireUnreachable=now", "gc", "-q", "--prune=now")
    assert "in HEAD by other commits" in next(undo.runs(repo))
    assert undo.undo(repo).exit_code == 0
    assert text(git, repo, "codemod/undo-some:a.py") == OLD


def test_a_squash_of_two_runs_asks_which(repo: Path, git: Git) -> None:
    made(repo, recorded=False)
    first = git(repo, "rev-parse", "codemod/some")
    tree = git(repo, "rev-parse", "main^{tree}")
    both = f"Both\n\n    Codemod: some 1\n    Codemod-Plan: {PLAN}\n\n* Codemod: x 1\n  Codemod-Plan: {'cd' * 32}\n"
    squashed = git(repo, "commit-tree", tree, "-p", "main", "-m", both)
    with pytest.raises(UsageError, match=rf"holds 2 runs; name one of their plans: {PLAN[:12]}, cdcdcdcdcdcd"):
        undo.undo(repo, squashed)
    git(repo, "update-ref", "refs/heads/main", squashed)
    with pytest.raises(UsageError, match="holds several runs, and the commits of run cdcdcdcdcdcd are not here"):
        undo.undo(repo, "cdcdcdcd")
    assert git(repo, "rev-parse", "codemod/some") == first


def test_what_is_no_run_is_refused_in_a_line(repo: Path, git: Git) -> None:
    with pytest.raises(UsageError, match=r"main is no run of codemod: [0-9a-f]{12} has no line Codemod-Plan"):
        undo.undo(repo, "main")
    for word in ("nothing-of-this", "12345678", "3", "--all", "@{-9}"):
        with pytest.raises(UsageError, match=r"there is no run .* to undo; nothing is on record here"):
            undo.undo(repo, word)
    made(repo)
    fast_forward(git, repo)
    undo.undo(repo)
    with pytest.raises(UsageError, match="is the undo of a run"):
        undo.undo(repo, "codemod/undo-some")


def test_an_undo_of_other_work_does_not_replace_a_branch(repo: Path, git: Git) -> None:
    made(repo)
    fast_forward(git, repo)
    undo.undo(repo)
    made(repo, {"b.py": NEW}, plan="cd" * 32, force=True)
    fast_forward(git, repo)
    with pytest.raises(UsageError, match="branch codemod/undo-some exists and holds codemod's own work"):
        undo.undo(repo)
    assert undo.undo(repo, branch="codemod/other").exit_code == 0
    assert changed(git, repo, "codemod/other") == ["M\tb.py"]
    assert undo.undo(repo, force=True).exit_code == 0


# ---- every kind of repository ------------------------------------------------------------------


def test_in_a_bare_repository(make_repo: Make, git: Git, tmp_path: Path) -> None:
    git(make_repo(FILES), "clone", "-q", "--bare", ".", str(tmp_path / "bare.git"))
    bare = tmp_path / "bare.git"
    with pytest.raises(UsageError, match="no run is on record here; name a branch or a commit"):
        undo.undo(bare)
    run = made(bare)
    assert undo.undo(bare).exit_code == 0
    assert branches(git, bare) == ["main"]
    made(bare)
    git(bare, "update-ref", "refs/heads/main", run.tip)
    assert undo.undo(bare).exit_code == 0
    assert text(git, bare, "codemod/undo-some:a.py") == OLD


def test_in_a_linked_work_tree_by_the_branch(repo: Path, git: Git, look: Look, tmp_path: Path) -> None:
    made(repo)
    second = tmp_path / "second"
    git(repo, "worktree", "add", "-q", "--detach", str(second), "main")
    before = look(repo), look(second)
    with pytest.raises(UsageError, match="nothing to undo"):
        undo.undo(second)
    assert undo.undo(second, "codemod/some").exit_code == 0
    assert (branches(git, repo), (look(repo), look(second))) == (["main"], before)


def test_in_a_repository_of_sha256(make_repo: Make, git: Git, write: Write) -> None:
    repo = make_repo(FILES, "--object-format=sha256")
    made(repo)
    fast_forward(git, repo)
    commit(git, write, repo, {"a.py": NEW + "more\n"})
    assert undo.undo(repo).exit_code == 0
    assert text(git, repo, "codemod/undo-some:a.py") == OLD + "more\n"
    made(repo, {"b.py": NEW}, plan="cd" * 32, force=True)
    assert undo.undo(repo).exit_code == 0


def test_with_a_detached_head_and_before_the_first_commit(repo: Path, git: Git, make_repo: Make) -> None:
    run = made(repo)
    git(repo, "stash", "push", "-qu")
    git(repo, "switch", "-q", "--detach", run.tip)
    assert undo.undo(repo).exit_code == 0
    assert (text(git, repo, "codemod/undo-some:a.py"), git(repo, "rev-parse", "codemod/some")) == (OLD, run.tip)
    with pytest.raises(UsageError, match="nothing to undo"):
        undo.undo(make_repo({}, name="empty"))


# ---- the record --------------------------------------------------------------------------------


def test_a_run_whose_record_cannot_be_kept_succeeds(
    make_repo: Make, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(branch_runs, "write_atomically", full)
    repo = make_repo(FILES)
    made(repo)
    monkeypatch.undo()
    assert list(undo.runs(repo)) == []
    assert undo.undo(repo, "codemod/some").exit_code == 0


@pytest.mark.parametrize(
    "change", [{"schema_version": 9}, {"commits": []}, {"base": "--all"}, {"branch": 1}, {"time": "x"}]
)
def test_a_record_that_is_none_is_told(repo: Path, change: dict[str, object]) -> None:
    made(repo)
    path = Repository.open(repo).state_dir / "undo/1/branch.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    with pytest.raises(UsageError, match=r"not a record that codemod wrote|of another version of codemod"):
        undo.undo(repo)


def test_a_planted_record_deletes_no_branch(repo: Path, git: Git) -> None:
    made(repo)
    git(repo, "branch", "precious")
    path = Repository.open(repo).state_dir / "undo/1/branch.json"
    tip = git(repo, "rev-parse", "precious")
    path.write_text(json.dumps(json.loads(path.read_text()) | {"branch": "precious", "commits": [tip]}))
    with pytest.raises(UsageError, match="has no line Codemod-Plan"):
        undo.undo(repo)
    assert "precious" in branches(git, repo)


def test_the_oldest_records_go_each_kind_by_itself(repo: Path, git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(branch_runs, "KEPT", 2)
    for number in range(4):
        made(repo, {"a.py": f"{number}\n"}, plan=f"{number}a" * 32, force=True)
    assert [line.split()[0] for line in undo.runs(repo)] == ["4", "3"]


# ---- as it is typed ----------------------------------------------------------------------------

TYPED = "from typing import Optional\nx: Optional[int]\n"
PROJECT = '[project]\nname = "x"\nrequires-python = ">=3.11"\n'


def test_both_kinds_of_runs_stand_in_one_list(make_repo: Make, git: Git, look: Look) -> None:
    repo = make_repo({"a.py": TYPED, "pyproject.toml": PROJECT})
    assert codemod(repo, "run", "modernize-typing", "--in-place").returncode == 0
    made_branch = codemod(repo, "run", "modernize-typing")
    assert made_branch.returncode == 0
    first, second = codemod(repo, "undo", "--list").stdout.splitlines()
    assert first.split()[0] == "2"
    assert first.endswith("modernize-typing  branch codemod/modernize-typing, not merged: would be deleted")
    assert second.endswith("modernize-typing  in place, 1 file: 1 would be restored")
    before = look(repo)
    done = codemod(repo, "undo")
    assert (done.returncode, look(repo)) == (0, before)
    assert done.stderr.startswith(
        "branch codemod/modernize-typing of run 2 (modernize-typing) is deleted; get it back"
    )
    assert codemod(repo, "undo").stderr.startswith("1 file restored, of run 1")
    assert (codemod(repo, "undo").returncode, git(repo, "status", "--short")) == (2, "")


def test_after_a_merge_it_says_how_to_go_on(make_repo: Make, git: Git, write: Write) -> None:
    repo = make_repo({"a.py": TYPED, "b.py": TYPED, "pyproject.toml": PROJECT})
    assert codemod(repo, "run", "modernize-typing").returncode == 0
    git(repo, "merge", "-q", "codemod/modernize-typing")
    commit(git, write, repo, {"a.py": "x: int | None = 3\ny = 1\n"})
    done = codemod(repo, "undo", "codemod/modernize-typing")
    assert done.returncode == 3, done.stderr
    lines = done.stderr.splitlines()
    assert "branch codemod/undo-modernize-typing is at " in lines[0]
    assert [line.split(":")[0].strip() for line in lines[1:4]] == ["review it", "take it", "drop it"]
    assert lines[4:] == ["a.py:1: changed since; left alone"]
    git(repo, *lines[2].split("git ")[1].split())
    assert (repo / "b.py").read_text() == TYPED


def test_runs_that_force_replaced_are_taken_back_one_by_one(repo: Path, git: Git) -> None:
    first = made(repo)
    second = made(repo, {"b.py": NEW}, plan="cd" * 32, force=True)
    assert made(repo, force=True).commits == first.commits
    for tip in (second.tip, first.tip):
        assert undo.undo(repo).exit_code == 0
        assert git(repo, "rev-parse", "codemod/some") == tip
    assert undo.undo(repo).exit_code == 0
    assert branches(git, repo) == ["main"]


def test_a_branch_that_was_renamed_is_named(repo: Path, git: Git) -> None:
    made(repo)
    git(repo, "branch", "-m", "codemod/some", "mine")
    with pytest.raises(UsageError, match="branch codemod/some is gone"):
        undo.undo(repo)
    assert undo.undo(repo, "mine").exit_code == 0
    assert (branches(git, repo), list(undo.runs(repo))) == (["main"], [])


def test_what_was_reverted_by_hand_is_told(repo: Path, git: Git) -> None:
    made(repo)
    fast_forward(git, repo)
    git(repo, "stash", "push", "-qu")
    git(repo, "revert", "--no-edit", "HEAD")
    assert next(undo.runs(repo)).endswith("not in HEAD any more")
    with pytest.raises(UsageError, match="HEAD holds none of its changes any more"):
        undo.undo(repo)


def test_another_branch_that_has_the_run_is_told(repo: Path, git: Git) -> None:
    run = made(repo)
    git(repo, "update-ref", "refs/heads/release", run.tip)
    git(repo, "update-ref", "refs/remotes/origin/codemod/some", run.tip)
    told = undo.undo(repo)
    assert told.lines[1:] == (
        "  it is on origin too: git push origin --delete codemod/some",
        f"  release has its commits too and stays as it is; to revert them there: codemod undo {PLAN[:12]}",
    )
    git(repo, "symbolic-ref", "HEAD", "refs/heads/release")
    assert undo.undo(repo, PLAN[:12]).exit_code == 0
    assert changed(git, repo) == ["M\ta.py"]


def test_the_list_for_blame_loses_only_the_entries_of_the_run(repo: Path, git: Git, write: Write) -> None:
    entry, later = f"# Ours (some)\n{'1' * 40}\n", f"\n# Later\n{'2' * 40}\n"
    made(repo, {"a.py": NEW, ".git-blame-ignore-revs": entry})
    fast_forward(git, repo)
    commit(git, write, repo, {".git-blame-ignore-revs": entry + later})
    assert undo.undo(repo).exit_code == 0
    assert text(git, repo, "codemod/undo-some:.git-blame-ignore-revs") == later

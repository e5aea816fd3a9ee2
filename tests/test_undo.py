"""`codemod undo` of runs that made a branch: whatever became of the branch, and whatever came after it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from runner import undo
from runner.branch_runs import BranchRun, keep
from runner.deliver import Commit, deliver
from runner.errors import UsageError
from runner.git import Repository

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

"""Writing a branch into repositories of every shape, while nothing else in them moves."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from runner import deliver as module
from runner.branches import check_branch_name
from runner.deliver import Commit, Delivered, deliver
from runner.errors import CodemodError, RunFailed, UsageError
from runner.git import Repository

Git = Callable[..., str]
Make = Callable[..., Path]
Write = Callable[..., None]

ODD = ['a "quoted".py', "line\nbreak.py", "tab\t.py", "caf\udce9.py", "ünï.py", "-x.py", "a:b.py"]
EDIT = (Commit("Edit a", {"a.py": b"new\n"}),)


def put(place: Path, branch: str = "codemod/x", commits=EDIT, base="HEAD", **rest) -> Delivered:  # type: ignore[no-untyped-def]
    repository = Repository.open(place)
    commit = repository.resolve(base)
    assert commit
    return deliver(repository, base=commit, branch=branch, commits=commits, **rest)


def files_of(git: Git, place: Path, revision: str) -> dict[str, str]:
    listing = git(place, "ls-tree", "-r", "-z", revision).split("\0")[:-1]
    return {line.partition("\t")[2]: line.partition(" ")[0] for line in listing}


@pytest.fixture
def untouched(git: Git) -> Iterator[Callable[[Path], None]]:
    """Call it with a repository: at the end of the test all but new branches must be the same."""
    seen: dict[Path, tuple[object, ...]] = {}

    def look(root: Path) -> tuple[object, ...]:
        git_dir = Path(git(root, "rev-parse", "--absolute-git-dir"))
        index = git_dir / "index"
        return (
            index.read_bytes() if index.exists() else None,
            (git_dir / "HEAD").read_bytes(),
            git(root, "for-each-ref", "refs/stash", "refs/tags", "refs/heads/main"),
            {p: p.read_bytes() for p in root.rglob("*") if p.is_file() and git_dir not in p.parents},
            sorted(p.name for p in git_dir.iterdir() if p.name not in {"codemod", "packed-refs"}),
        )

    yield lambda root: seen.update({root: look(root)})
    for root, before in seen.items():
        assert look(root) == before
        assert not list(root.rglob("codemod/tmp/*"))


# What is written


def test_one_commit_per_step_on_the_base(make_repo: Make, git: Git, untouched: Callable[[Path], None]) -> None:
    root = make_repo({"a.py": "old\n", "b.py": "b\n", "pkg/c.py": "c\n", "pkg/d.py": "d\n"})
    untouched(root)
    steps = (
        Commit("First\n\nWhy.", {"a.py": b"new\n", "pkg/sub/e.py": b"e\n"}),
        Commit("Second\n", {"pkg/c.py": None, "a.py": b"newer\n", "pkg/sub/e.py": b"e2\n"}),
    )
    done = put(root, commits=steps)
    assert (done.branch, done.replaced, done.created) == ("codemod/x", None, True)
    assert git(root, "rev-list", "--reverse", "main..codemod/x").split() == list(done.commits)
    form = "%an <%ae> %ad|%cn <%ce> %cd|%B"
    log = git(root, "log", "--reverse", "--date=raw", f"--format={form}", "main..codemod/x")
    first, second = (f"Ada Lovelace <ada@example.com> 170000000{i} +0530" for i in (1, 2))
    assert log == f"{first}|{first}|First\n\nWhy.\n\n{second}|{second}|Second\n"
    assert set(files_of(git, root, done.commits[0])) == {
        *files_of(git, root, "main"),
        "pkg/sub/e.py",
    }
    assert set(files_of(git, root, "codemod/x")) == {"a.py", "b.py", "pkg/d.py", "pkg/sub/e.py"}
    assert git(root, "show", "codemod/x:a.py") == "newer"
    assert "codemod: Second" in git(root, "reflog", "show", "codemod/x")
    git(root, "fsck", "--strict")


def test_same_work_gives_the_same_ids(make_repo: Make, git: Git) -> None:
    root = make_repo({"a.py": "old\n"})
    first = put(root)
    again = put(root)
    assert again == replace(first, created=False)
    git(root, "branch", "-D", "codemod/x")
    time.sleep(0.01)
    assert put(root) == first
    assert put(root, "other").commits == first.commits
    assert put(root, "codemod/y", (Commit("Edit b", {"a.py": b"new\n"}),)).commits != first.commits


def test_identity_comes_from_git(make_repo: Make, git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_repo({"a.py": "old\n"})
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Grace Hopper")
    monkeypatch.setenv("GIT_COMMITTER_EMAIL", "bot@example.com")
    put(root)
    who = git(root, "log", "-1", "--format=%an %ae %cn %ce", "codemod/x")
    assert who == "Grace Hopper ada@example.com Ada Lovelace bot@example.com"


def test_without_an_identity(make_repo: Make, git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_repo({"a.py": "old\n"})
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    git(root, "config", "user.useConfigOnly", "true")
    with pytest.raises(UsageError, match=r"git config user\.name"):
        put(root)
    assert git(root, "branch", "--list", "codemod/*") == ""


def test_modes_and_special_entries_are_kept(make_repo: Make, git: Git, write: Write) -> None:
    root = make_repo({"a.py": "old\n", "run.py": "x\n", "A.py": "upper\n"})
    (root / "run.py").chmod(0o755)
    (root / "link.py").symlink_to("a.py")
    git(root, "add", "-A")
    git(root, "update-index", "--add", "--cacheinfo", f"160000,{git(root, 'rev-parse', 'HEAD')},sub")
    git(root, "commit", "-qm", "More")
    put(root, commits=[Commit("Edit", {"run.py": b"y\n", "a.py": b"n\n", "new.py": b""})])
    kept = {"run.py": "100755", "link.py": "120000", "sub": "160000", "A.py": "100644"}
    assert files_of(git, root, "codemod/x") == kept | {"a.py": "100644", "new.py": "100644"}
    for path, what in (("link.py", "symbolic link"), ("sub", "submodule")):
        for content in (b"x", None):
            with pytest.raises(RunFailed, match=f"{path}.*{what}"):
                put(root, "codemod/y", [Commit("Edit", {path: content})])
    assert git(root, "branch", "--list", "codemod/y") == ""


def test_odd_names_and_raw_bytes(make_repo: Make, git: Git) -> None:
    root = make_repo({**dict.fromkeys(ODD, "old"), ".gitattributes": "*.py text eol=crlf\n"})
    git(root, "config", "core.autocrlf", "true")
    contents = {name: b"\xff\0" + os.fsencode(name) + b"\r\n\n" for name in ODD}
    put(root, commits=[Commit("Edit caf\udce9", contents)])
    repository = Repository.open(root)
    tree = repository.tree(repository.resolve("codemod/x"))
    for name, content in contents.items():
        assert repository.read([tree[name].oid]) == {tree[name].oid: content}


def test_a_file_becomes_a_folder_and_back(make_repo: Make, git: Git) -> None:
    root = make_repo({"mod.py": "x", "keep.py": "", "pkg/a.py": "", "pkg/b.py": ""})
    there = Commit("To a folder", {"mod.py": None, "mod.py/__init__.py": b"x"})
    put(root, commits=[there])
    assert set(files_of(git, root, "codemod/x")) >= {"mod.py/__init__.py", "keep.py"}
    back = Commit("And back", {"mod.py/__init__.py": None, "mod.py": b"x"})
    flat = Commit("A folder to a file", {"pkg": b"x", "pkg/a.py": None, "pkg/b.py": None})
    put(root, "codemod/y", [there, back, flat])
    assert set(files_of(git, root, "codemod/y")) == {"mod.py", "keep.py", "pkg"}


@pytest.mark.parametrize(
    ("path", "content"),
    [
        *(("pkg", b"x"), ("a.py/b.py", b"x"), ("gone.py", None), ("pkg", None), ("", b"x")),
        *(("../out.py", b"x"), ("/abs.py", b"x"), (".git/hooks/x", b"x"), ("nul\0.py", b"x")),
        *(("pkg/", b"x"), ("./a.py", b"x"), ("pkg//a.py", b"x")),
    ],
)
def test_impossible_paths(make_repo: Make, git: Git, path: str, content: bytes | None) -> None:
    root = make_repo({"a.py": "", "pkg/a.py": ""})
    with pytest.raises(RunFailed) as caught:
        put(root, commits=[Commit("Edit", {path: content})])
    assert "\n" not in str(caught.value)
    assert git(root, "branch", "--list", "codemod/*") == ""


def test_nothing_to_deliver(make_repo: Make) -> None:
    with pytest.raises(ValueError):
        put(make_repo({"a.py": ""}), commits=[])


# Shapes of repositories


@pytest.mark.parametrize("shape", ["bare", "linked", "detached", "shallow", "sha256", "subfolder"])
def test_shapes(make_repo: Make, git: Git, write: Write, shape: str) -> None:
    root = make_repo(
        {"a.py": "old\n", "pkg/b.py": "b\n"},
        *(["--object-format=sha256"] if shape == "sha256" else []),
    )
    place = root
    if shape == "bare":
        place = root.parent / "bare.git"
        git(root, "clone", "-q", "--bare", ".", str(place))
    elif shape == "linked":
        place = root.parent / "linked"
        git(root, "worktree", "add", "-q", "--detach", str(place))
    elif shape == "detached":
        git(root, "checkout", "-q", "--detach")
    elif shape == "shallow":
        git(root, "commit", "-q", "--allow-empty", "-m", "More")
        place = root.parent / "shallow"
        git(root, "clone", "-q", "--depth=1", f"file://{root}", str(place))
    elif shape == "subfolder":
        place = root / "pkg"
    done = put(place)
    assert git(place, "rev-parse", "codemod/x^") == git(place, "rev-parse", "HEAD")
    assert git(place, "diff", "--name-only", "HEAD", "codemod/x") == "a.py"
    assert len(done.commits[0]) == (64 if shape == "sha256" else 40)
    assert not put(place).created
    steps = [*EDIT, Commit("Remove", {"a.py": None})]
    assert put(place, commits=steps, force=True).replaced == done.commits[0]
    git(place, "reflog", "exists", "refs/heads/codemod/x")
    git(place, "fsck", "--strict")
    if shape == "shallow":
        git(place, "push", "-q", "origin", "codemod/x")


@pytest.mark.parametrize("sparse_index", ["--sparse-index", "--no-sparse-index"])
def test_sparse_checkout(make_repo: Make, git: Git, untouched: Callable[[Path], None], sparse_index: str) -> None:
    root = make_repo({"in/a.py": "a", "out/b.py": "b", "out/deep/c.py": "c"})
    git(root, "sparse-checkout", "init", "--cone", sparse_index)
    git(root, "sparse-checkout", "set", "in")
    assert not (root / "out").exists()
    untouched(root)
    put(root, commits=[Commit("Edit", {"out/deep/c.py": b"new", "in/a.py": b"new"})])
    assert git(root, "diff", "--name-only", "main", "codemod/x").split() == [
        "in/a.py",
        "out/deep/c.py",
    ]
    assert set(files_of(git, root, "codemod/x")) == {"in/a.py", "out/b.py", "out/deep/c.py"}


def test_partial_clone_fetches_nothing(make_repo: Make, git: Git) -> None:
    source = make_repo({"a.py": "old\n"} | {f"pkg/f{i}.py": f"{i}" for i in range(5)})
    clone = source.parent / "clone"
    git(source, "clone", "-q", "--filter=blob:none", "-n", f"file://{source}", str(clone))
    source.rename(source.parent / "moved")
    put(clone, commits=[*EDIT, Commit("More", {"pkg/f1.py": b"new", "pkg/f2.py": None})])
    assert len(files_of(git, clone, "codemod/x")) == 5


def test_replacement_refs_and_other_encodings(make_repo: Make, git: Git) -> None:
    root = make_repo({"a.py": "old\n", "b.py": "b\n"})
    git(root, "config", "i18n.commitEncoding", "latin-1")
    base = git(root, "rev-parse", "HEAD")
    empty = git(root, "commit-tree", git(root, "mktree"), "-m", "Empty")
    git(root, "replace", base, empty)
    put(root, commits=[Commit("Édit", {"a.py": b"new\n"})])
    git(root, "replace", "-d", base)
    assert git(root, "diff", "--name-only", base, "codemod/x") == "a.py"
    assert "Édit" in git(root, "cat-file", "commit", "codemod/x")
    assert "encoding" not in git(root, "cat-file", "commit", "codemod/x")


@pytest.mark.parametrize("date", ["0 +0000", "99 -1130", "1700000000 +051800", "bad", ""])
def test_odd_dates_of_the_base(make_repo: Make, git: Git, date: str) -> None:
    root = make_repo({"a.py": "old\n"})
    tree = git(root, "rev-parse", "HEAD^{tree}")
    raw = f"tree {tree}\nauthor A <a@b> {date}\ncommitter A <a@b> {date}\n\nOdd\n"
    options = ("-w", "-t", "commit", "--literally", "--stdin")
    odd = git(root, "hash-object", *options, stdin=raw.encode())
    git(root, "update-ref", "refs/heads/odd", odd)
    done = put(root, base="odd")
    seconds, zone = {"0 +0000": (0, "+0000"), "99 -1130": (99, "-1130")}.get(date, (0, "+0000"))
    expected = f"{seconds + 1} {zone}"
    assert git(root, "log", "-1", "--date=raw", "--format=%cd", "codemod/x") == expected
    assert put(root, base="odd") == replace(done, created=False)


# The user's work, and what surrounds us


def test_dirty_checkout_stash_and_held_locks(
    make_repo: Make, git: Git, write: Write, untouched: Callable[[Path], None]
) -> None:
    root = make_repo({"a.py": "old\n", "b.py": "b\n"})
    write(root, {"b.py": "stashed\n"})
    git(root, "stash", "--quiet")
    write(root, {"a.py": "mine\n", "staged.py": "s\n", "new.py": ""})
    git(root, "add", "staged.py")
    (root / ".git" / "index.lock").touch()
    untouched(root)
    put(root)
    assert git(root, "diff", "--name-only", "main", "codemod/x") == "a.py"


@pytest.mark.parametrize("name", ["GIT_DIR", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"])
def test_environment_of_a_hook(
    make_repo: Make,
    monkeypatch: pytest.MonkeyPatch,
    git: Git,
    untouched: Callable[[Path], None],
    name: str,
) -> None:
    other = make_repo({"b.py": ""}, name="other")
    root = make_repo({"a.py": "old\n"})
    untouched(root)
    untouched(other)
    place = {"GIT_DIR": "", "GIT_INDEX_FILE": "index", "GIT_OBJECT_DIRECTORY": "objects"}[name]
    monkeypatch.setenv(name, str(other / ".git" / place))
    put(root)
    assert os.environ[name] == str(other / ".git" / place)
    monkeypatch.delenv(name)
    assert git(other, "count-objects").startswith("3 objects")
    assert git(root, "diff", "--name-only", "main", "codemod/x") == "a.py"


def test_only_the_hook_for_refs_runs(make_repo: Make, git: Git, write: Write) -> None:
    root = make_repo({"a.py": "old\n"})
    hooks = ["pre-commit", "commit-msg", "prepare-commit-msg", "post-commit", "post-index-change"]
    for hook in [*hooks, "reference-transaction"]:
        write(root, {f".git/hooks/{hook}": f'#!/bin/sh\necho {hook} "$@" >> "{root}/ran"\n'})
        (root / ".git" / "hooks" / hook).chmod(0o755)
    put(root)
    assert (root / "ran").read_text().splitlines() == [
        "reference-transaction prepared",
        "reference-transaction committed",
    ]
    write(root, {".git/hooks/reference-transaction": "#!/bin/sh\nexit 1\n"})
    with pytest.raises(RunFailed, match="hook"):
        put(root, "codemod/y")
    assert git(root, "branch", "--list", "codemod/y") == ""


def test_split_index_leaves_no_shared_part(make_repo: Make, git: Git, untouched: Callable[[Path], None]) -> None:
    root = make_repo({"a.py": "old\n"})
    git(root, "config", "core.splitIndex", "true")
    untouched(root)
    put(root)


# The branch


@pytest.mark.parametrize(
    "name",
    [
        *("", "@", "@{-1}", "HEAD", "-x", "--upload-pack=x", "refs/heads/y", "refs/y", "a b"),
        *("a..b", "a~1", "a^", "a:b", "a?", "a*", "a[", "a\\b", "/a", "a/", "a//b", ".a", "a/.b"),
        *("a.lock", "a.", "a\n", "a\tb", "a\x7f", "a\0b", "@{u}", "-", "--all", "a@{1}"),
    ],
)
def test_refuses_branch_names(make_repo: Make, git: Git, name: str) -> None:
    root = make_repo({"a.py": "old\n"})
    git(root, "checkout", "-q", "-b", "earlier")
    git(root, "checkout", "-q", "main")
    before = git(root, "for-each-ref")
    with pytest.raises(UsageError, match="--branch") as caught:
        put(root, name)
    assert "\n" not in str(caught.value)
    assert git(root, "for-each-ref") == before


@pytest.mark.parametrize("name", ["codemod/a", "x", "ünï/ö", "a-b", "a'$(x)`", "caf\udce9", "a@b"])
def test_takes_branch_names(make_repo: Make, git: Git, name: str) -> None:
    root = make_repo({"a.py": "old\n"})
    check_branch_name(Repository.open(root), name)
    put(root, name)
    assert f"refs/heads/{name}" in git(root, "for-each-ref", "--format=%(refname)").split("\n")


def test_other_work_on_the_branch(make_repo: Make, git: Git) -> None:
    root = make_repo({"a.py": "old\n"})
    git(root, "branch", "codemod/x")
    before = git(root, "rev-parse", "main")
    with pytest.raises(UsageError) as caught:
        put(root)
    for help_text in ("git branch -D codemod/x", "--force", "--branch OTHER"):
        assert help_text in str(caught.value)
    assert git(root, "rev-parse", "codemod/x") == before
    assert put(root, force=True).replaced == before
    git(root, "commit", "-q", "--allow-empty", "-m", "Base moved")
    with pytest.raises(UsageError, match="--force"):
        put(root)


def test_work_with_a_commit_on_top_is_other_work(make_repo: Make, git: Git) -> None:
    root = make_repo({"a.py": "old\n"})
    done = put(root)
    tree = git(root, "rev-parse", "codemod/x^{tree}")
    more = git(root, "commit-tree", tree, "-p", done.commits[-1], "-m", "By hand")
    git(root, "update-ref", "refs/heads/codemod/x", more)
    with pytest.raises(UsageError, match=more[:12]):
        put(root)


@pytest.mark.parametrize("force", [False, True])
def test_branch_that_moves_under_us(make_repo: Make, git: Git, monkeypatch: pytest.MonkeyPatch, force: bool) -> None:
    root = make_repo({"a.py": "old\n"})
    base = git(root, "rev-parse", "HEAD")
    other = git(root, "commit-tree", "HEAD^{tree}", "-m", "Other")
    if force:
        git(root, "branch", "codemod/x", base)
    write_commits = module.write_commits

    def meanwhile(*args: object) -> tuple[str, ...]:
        git(root, "update-ref", "refs/heads/codemod/x", other)
        return write_commits(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "write_commits", meanwhile)
    with pytest.raises(RunFailed, match="was not written") as caught:
        put(root, force=force)
    assert "\n" not in str(caught.value)
    assert git(root, "rev-parse", "codemod/x") == other


def test_the_same_work_by_another_run_meanwhile(make_repo: Make, git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_repo({"a.py": "old\n"})
    write_commits = module.write_commits

    def meanwhile(*args: object) -> tuple[str, ...]:
        made = write_commits(*args)  # type: ignore[arg-type]
        git(root, "update-ref", "refs/heads/codemod/x", made[-1])
        return made

    monkeypatch.setattr(module, "write_commits", meanwhile)
    assert put(root).commits[-1] == git(root, "rev-parse", "codemod/x")


def test_force_only_over_what_the_caller_saw(make_repo: Make, git: Git) -> None:
    root = make_repo({"a.py": "old\n"})
    seen = git(root, "rev-parse", "HEAD")
    other = git(root, "commit-tree", "HEAD^{tree}", "-m", "Other")
    git(root, "branch", "codemod/x", other)
    with pytest.raises(RunFailed, match="moved"):
        put(root, force=True, expected=seen)
    assert git(root, "rev-parse", "codemod/x") == other
    assert put(root, force=True, expected=other).replaced == other
    git(root, "branch", "-D", "codemod/x")
    with pytest.raises(RunFailed, match="gone"):
        put(root, force=True, expected=other)


@pytest.mark.parametrize("force", [False, True])
def test_checked_out_branch(make_repo: Make, git: Git, force: bool) -> None:
    root = make_repo({"a.py": "old\n"})
    linked = root.parent / "linked tree"
    git(root, "worktree", "add", "-q", "-b", "codemod/x", str(linked))
    before = git(root, "for-each-ref")
    for place in (root, linked):
        for branch, where in (("codemod/x", linked), ("main", root)):
            with pytest.raises(UsageError, match="is checked out in") as caught:
                put(place, branch, force=force)
            assert str(where) in str(caught.value)
    assert git(root, "for-each-ref") == before


@pytest.mark.parametrize(("there", "wanted"), [("t", "t/x"), ("t/x", "t"), ("t/x/y", "t/x"), ("t/x", "t/x/y/z")])
def test_branch_beside_a_branch(make_repo: Make, git: Git, there: str, wanted: str) -> None:
    root = make_repo({"a.py": "old\n"})
    git(root, "branch", there)
    git(root, "pack-refs", "--all")
    with pytest.raises(UsageError, match=f"branch {wanted} beside the existing {there}"):
        put(root, wanted, force=True)
    put(root, "tt/x")


def test_branch_that_stands_for_another(make_repo: Make, git: Git) -> None:
    root = make_repo({"a.py": "old\n"})
    git(root, "checkout", "-q", "--detach")
    git(root, "symbolic-ref", "refs/heads/codemod/x", "refs/heads/main")
    with pytest.raises(UsageError, match="only stands for refs/heads/main"):
        put(root, force=True)


def test_held_lock_of_the_branch(make_repo: Make, git: Git, write: Write) -> None:
    root = make_repo({"a.py": "old\n"})
    write(root, {".git/refs/heads/codemod/x.lock": ""})
    with pytest.raises(RunFailed, match=r"x\.lock") as caught:
        put(root)
    assert "\n" not in str(caught.value)


# Signing


@pytest.fixture
def signing(make_repo: Make, git: Git, tmp_path: Path) -> Path:
    if not shutil.which("ssh-keygen"):
        pytest.skip("needs ssh-keygen")
    key = tmp_path / "key"
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(key)]
    subprocess.run(command, check=True)
    public = (tmp_path / "key.pub").read_text()
    (tmp_path / "signers").write_text(f"ada@example.com {public}")
    root = make_repo({"a.py": "old\n"})
    git(root, "config", "gpg.format", "ssh")
    git(root, "config", "user.signingKey", str(key))
    git(root, "config", "gpg.ssh.allowedSignersFile", str(tmp_path / "signers"))
    return root


def test_signs_only_where_configured(signing: Path, git: Git) -> None:
    steps = [*EDIT, Commit("More", {"b.py": b""})]
    plain = put(signing, commits=steps)
    git(signing, "config", "commit.gpgSign", "true")
    with pytest.raises(UsageError, match="--force"):
        put(signing, commits=steps)
    done = put(signing, commits=steps, force=True)
    assert done.replaced == plain.commits[-1]
    for commit in done.commits:
        git(signing, "verify-commit", commit)
    # no new signature: a gpg signature would hold the time and change the id
    (signing.parent / "key").unlink()
    assert put(signing, commits=steps) == Delivered("codemod/x", done.commits, None, created=False)


def test_missing_key(signing: Path, git: Git) -> None:
    git(signing, "config", "commit.gpgSign", "true")
    (signing.parent / "key").unlink()
    (signing.parent / "key.pub").unlink()
    with pytest.raises(RunFailed):
        put(signing)
    assert git(signing, "branch", "--list", "codemod/*") == ""


# Killed

SCRIPT = """
import sys
from pathlib import Path
from runner.deliver import Commit, deliver
from runner.git import Repository
repository = Repository.open(Path(sys.argv[1]))
one = Commit("One", {f"d{i % 9}/f{i}.py": b"new %d" % i * 500 for i in range(100)})
two = Commit("Two", {f"d{i % 9}/f{i}.py": b"newer %d" % i * 500 for i in range(100)})
print(*deliver(repository, base=repository.head(), branch="codemod/x", commits=[one, two]).commits)
"""


def test_killed_at_any_moment(make_repo: Make, git: Git, untouched: Callable[[Path], None]) -> None:
    root = make_repo({f"d{i % 9}/f{i}.py": f"{i}" for i in range(150)})
    untouched(root)
    house = str(Path(module.__file__).parents[1])
    command = [sys.executable, "-c", SCRIPT, str(root)]
    start = time.monotonic()
    wanted = subprocess.run(command, cwd=house, capture_output=True, check=True).stdout.split()
    whole = time.monotonic() - start
    for moment in (0.35, 0.5, 0.65, 0.75, 0.85, 0.95):
        git(root, "update-ref", "-d", "refs/heads/codemod/x")
        process = subprocess.Popen(command, cwd=house, start_new_session=True, stdout=subprocess.DEVNULL)
        time.sleep(whole * moment)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        refs = git(root, "for-each-ref", "--format=%(objectname)", "refs/heads/codemod")
        assert refs in ("", wanted[-1].decode())
        again = subprocess.run(command, cwd=house, capture_output=True, check=True)
        assert again.stdout.split() == wanted
    git(root, "fsck", "--strict")
    assert not list((root / ".git").rglob("*.lock"))


def test_every_error_has_an_exit_code() -> None:
    assert {error.exit_code for error in CodemodError.__subclasses__()} == {2, 3, 4}


def test_what_git_reports_of_its_own_failure_does_not_stay(
    make_repo: Make, immutable: Callable[[Path], None]
) -> None:
    root = make_repo({"a.py": "old\n"})
    immutable(root / ".git/objects/pack")
    with pytest.raises(RunFailed) as caught:
        put(root)
    assert "crash" not in str(caught.value)
    assert str(caught.value)
    assert list((root / ".git").glob("fast_import_crash*")) == []

"""Reading repositories of every shape, with names and configurations that get in the way."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from runner.disk import user_state_dir, user_state_home
from runner.errors import RunFailed, UsageError
from runner.git import NoRepository, Repository

Git = Callable[..., str]
Make = Callable[..., Path]
Write = Callable[..., None]

ODD = ['a "quoted".py', "line\nbreak.py", "tab\t.py", "caf\udce9.py", "ünï.py", "-x.py", "a:b.py"]


def oids(repository: Repository) -> dict[str, str]:
    return {path: entry.oid for path, entry in repository.tree(repository.head()).items()}


# Finding the repository


@pytest.mark.parametrize("inside", ["", "pkg", "pkg/a.py"])
def test_opens_from_anywhere_inside(make_repo: Make, inside: str) -> None:
    root = make_repo({"pkg/a.py": ""})
    repository = Repository.open(root / inside)
    assert (repository.root, repository.common_dir) == (root, root / ".git")
    assert (repository.object_format, repository.is_shallow) == ("sha1", False)


def test_opens_bare_and_the_git_directory_without_a_work_tree(make_repo: Make, git: Git) -> None:
    root = make_repo({"a.py": "1"})
    bare = root.parent / "bare.git"
    git(root, "clone", "--quiet", "--bare", ".", str(bare))
    for place, common in ((bare, bare), (bare / "refs", bare), (root / ".git", root / ".git")):
        repository = Repository.open(place)
        assert (repository.root, repository.common_dir) == (None, common)
        assert set(repository.tree(repository.head())) == {"a.py"}


def test_linked_worktree_has_its_own_head(make_repo: Make, git: Git) -> None:
    root = make_repo({"a.py": "1"})
    linked = root.parent / "linked"
    git(root, "worktree", "add", "--quiet", "-b", "side", str(linked))
    git(linked, "commit", "--quiet", "--allow-empty", "-m", "More")
    repository = Repository.open(linked)
    assert (repository.root, repository.common_dir) == (linked, root / ".git")
    assert repository.head() == git(root, "rev-parse", "side") != git(root, "rev-parse", "main")
    assert repository.shared_dir == root / ".git" / "codemod"
    assert repository.state_dir == root / ".git/worktrees/linked/codemod"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GIT_DIR", "{other}/.git"),
        ("GIT_WORK_TREE", "{other}"),
        ("GIT_INDEX_FILE", "{other}/.git/index"),
        ("GIT_OBJECT_DIRECTORY", "{other}/.git/objects"),
        ("GIT_LITERAL_PATHSPECS", "1"),
    ],
)
def test_environment_of_a_hook_does_not_mislead(
    make_repo: Make, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    other = make_repo({"other.py": "word"}, name="other")
    root = make_repo({"mine.py": "word"})
    monkeypatch.setenv(name, value.format(other=other))
    repository = Repository.open(root)
    assert repository.root == root
    assert repository.grep(repository.head(), ["word"], [], ["*.py"]) == {"mine.py"}
    assert repository.read(oids(repository).values()) == {oids(repository)["mine.py"]: b"word"}
    assert repository.unread(repository.head()) == (0, 0)


def test_outside_a_repository_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoRepository, match=r"not inside a git repository; use --in-place") as caught:
        Repository.open(tmp_path)
    assert str(tmp_path) in str(caught.value)
    assert caught.value.exit_code == 2
    with pytest.raises(UsageError, match="does not exist"):
        Repository.open(tmp_path / "nowhere")


def test_repository_of_another_owner(make_repo: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_repo({"a.py": ""})
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    with pytest.raises(UsageError, match=r"dubious ownership.*safe\.directory") as caught:
        Repository.open(root)
    assert "\n" not in str(caught.value)
    assert not isinstance(caught.value, NoRepository)


def test_no_git_at_all(make_repo: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    root = make_repo({"a.py": ""})
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match="install git"):
        Repository.open(root)


# Revisions


def test_resolves_branches_tags_and_short_ids(make_repo: Make, git: Git) -> None:
    root = make_repo({"a.py": "1"})
    git(root, "tag", "-a", "v1", "-m", "One")
    git(root, "branch", "feature/x")
    head = git(root, "rev-parse", "HEAD")
    repository = Repository.open(root)
    for revision in ("HEAD", "main", "v1", "feature/x", "refs/heads/main", head[:8], head, "@"):
        assert repository.resolve(revision) == head


@pytest.mark.parametrize(
    "revision",
    [
        *("nowhere", "", " ", "a b", "--upload-pack=x", "-x", "--output=f", "^HEAD", "HEAD..HEAD"),
        *("HEAD^{tree}", "line\nbreak", "nul\0", "caf\udce9", "HEAD:a.py", "-", "--all"),
    ],
)
def test_refuses_what_is_not_one_commit(make_repo: Make, revision: str) -> None:
    root = make_repo({"a.py": "1"})
    with pytest.raises(UsageError) as caught:
        Repository.open(root).resolve(revision)
    assert "\n" not in str(caught.value)
    assert sorted(os.listdir(root)) == [".git", "a.py"]


def test_refuses_a_name_with_two_meanings(make_repo: Make, git: Git) -> None:
    root = make_repo({"a.py": "1"})
    git(root, "branch", "same")
    git(root, "tag", "same")
    git(root, "config", "core.warnAmbiguousRefs", "false")
    repository = Repository.open(root)
    with pytest.raises(UsageError, match=r"ambiguous.*refs/heads/"):
        repository.resolve("same")
    assert repository.resolve("refs/tags/same") == repository.head()


def test_before_the_first_commit(make_repo: Make) -> None:
    assert Repository.open(make_repo({})).head() is None


def test_replacement_refs_do_not_reach_what_we_write(make_repo: Make, git: Git) -> None:
    root = make_repo({"a.py": "real"})
    other = git(root, "hash-object", "-w", "--stdin", stdin=b"replaced")
    oid = git(root, "rev-parse", "HEAD:a.py")
    git(root, "replace", oid, other)
    assert Repository.open(root).read([oid]) == {oid: b"real"}


# Trees and contents


def test_tree_keeps_modes_and_names(make_repo: Make, write: Write, git: Git) -> None:
    root = make_repo({name: name.encode("utf-8", "surrogateescape") for name in ODD})
    write(root, {"run.py": "x"})
    (root / "run.py").chmod(0o755)
    (root / "link.py").symlink_to("run.py")
    git(root, "add", "-A")
    head = git(root, "rev-parse", "HEAD")
    git(root, "update-index", "--add", "--cacheinfo", f"160000,{head},sub")
    git(root, "commit", "-qm", "More")
    repository = Repository.open(root)
    tree = repository.tree(repository.head())
    modes = {path: entry.mode for path, entry in tree.items()}
    special = {"run.py": "100755", "link.py": "120000", "sub": "160000"}
    assert modes == dict.fromkeys(ODD, "100644") | special
    contents = repository.read(tree[name].oid for name in ODD)
    for name in ODD:
        assert contents[tree[name].oid] == name.encode("utf-8", "surrogateescape")


@pytest.mark.parametrize("where", [".", "pkg"])
def test_grep_words_and_substrings(make_repo: Make, where: str) -> None:
    files = {
        "pkg/word.py": "x = Mock()",
        "pkg/longer.py": "x = AsyncMock()",
        "pkg/other.txt": "Mock",
        "none.py": "m.o.c.k",
        "dotted.py": "asyncioXrun asyncio.run_",
        "binary.py": b"\0\0 Mock \0",
        "dash.py": "-e needle",
    }
    root = make_repo(files | dict.fromkeys(ODD, "Mock"))
    repository = Repository.open(root / where)
    head = repository.head()
    words = {"pkg/word.py", "binary.py", *ODD}
    assert repository.grep(head, ["Mock"], [], ["*.py"]) == words
    assert repository.grep(head, [], ["Mock"], ["*.py"]) == words | {"pkg/longer.py"}
    assert repository.grep(head, ["Mock"], ["asyncio.run"], ["*.py"]) == words | {"dotted.py"}
    assert repository.grep(head, ["Mock"], [], ["*.py", "*.txt"]) == words | {"pkg/other.txt"}
    assert repository.grep(head, ["Mock"], [], ["pkg"]) == {"pkg/word.py", "pkg/other.txt"}
    assert repository.grep(head, ["m.c"], [], ["*.py"]) == set()
    assert repository.grep(head, [], ["-e needle"], ["*.py"]) == {"dash.py"}
    assert repository.grep(head, [], [], ["*.py"]) == set()


@pytest.mark.parametrize(
    "setting",
    [
        *("grep.patternType=perl", "grep.extendedRegexp=true", "grep.lineNumber=true"),
        *("grep.column=true", "grep.fullName=true", "color.grep=always", "color.ui=always"),
        *("submodule.recurse=true", "grep.threads=1", "core.quotePath=false", "core.pager=false"),
        *("diff.renames=copies", "status.relativePaths=true", "status.showUntrackedFiles=no"),
        *("diff.noprefix=true", "log.showSignature=true", "core.splitIndex=true"),
    ],
)
def test_configuration_does_not_disturb(make_repo: Make, git: Git, write: Write, setting: str) -> None:
    root = make_repo({"pkg/a.py": "a.c", "b.py": "abc"})
    git(root, "config", *setting.split("="))
    repository = Repository.open(root / "pkg")
    head = repository.head()
    assert head is not None
    assert repository.grep(head, ["a.c"], ["nothing"], ["*.py"]) == {"pkg/a.py"}
    write(root, {"pkg/a.py": "changed", "new.py": ""})
    assert repository.unread(head) == (1, 1)
    assert repository.working_files() == ["b.py", "new.py", "pkg/a.py"]
    git(root, "add", "-A")
    git(root, "commit", "-qm", "More")
    assert repository.changed_since(head, str(repository.head())) == {"pkg/a.py", "new.py"}


def test_grep_does_not_hide_a_lost_blob(make_repo: Make, git: Git) -> None:
    root = make_repo({"a.py": "word"})
    oid = git(root, "rev-parse", "HEAD:a.py")
    (root / ".git" / "objects" / oid[:2] / oid[2:]).unlink()
    repository = Repository.open(root)
    with pytest.raises(RunFailed, match="unable to read"):
        repository.grep(repository.head(), ["word"], [], ["*.py"])
    with pytest.raises(RunFailed, match=oid):
        repository.read([oid])


def test_reads_many_blobs_and_large_ones(make_repo: Make) -> None:
    files = {f"d{i % 7}/f{i}.py": f"{i}\n" * i for i in range(1500)}
    root = make_repo(files | {"large.py": "x" * 4_000_000, "empty.py": "", "crlf.py": "a\r\n"})
    repository = Repository.open(root)
    tree = oids(repository)
    contents = repository.read([*tree.values(), *tree.values()])
    assert contents[tree["large.py"]] == b"x" * 4_000_000
    assert contents[tree["empty.py"]] == b""
    assert contents[tree["crlf.py"]] == b"a\r\n"
    assert all(contents[tree[path]] == text.encode() for path, text in files.items())
    assert repository.read([]) == {}


@pytest.mark.parametrize("name", ["origin", "up.stream"])
def test_partial_clone_fetches_once(make_repo: Make, git: Git, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    source = make_repo({f"pkg/f{i}.py": f"word {i}" for i in range(9)} | {"large.bin": "x"})
    clone = source.parent / "clone"
    options = ("--quiet", "--filter=blob:none", "--no-checkout", "--origin", name)
    git(source, "clone", *options, f"file://{source}", str(clone))
    trace = source.parent / "trace"
    monkeypatch.setenv("GIT_TRACE2_EVENT", str(trace))
    repository = Repository.open(clone)
    assert repository.promisor == name
    tree = repository.tree(repository.head())
    first, second = tree["pkg/f0.py"].oid, tree["pkg/f1.py"].oid
    assert repository.read([first, second]) == {first: b"word 0", second: b"word 1"}
    assert len(repository.grep(repository.head(), ["word"], ["w"], ["*.py"])) == 9
    paths = [path for path in tree if path.endswith(".py")]
    assert len(repository.read(tree[path].oid for path in paths)) == 9
    events = [json.loads(line) for line in trace.read_text().splitlines()]
    starts = [event["argv"] for event in events if event["event"] == "start"]
    assert sum("upload-pack" in " ".join(argv) for argv in starts) == 2  # two files, then the rest
    assert "in-pack: 12" in git(clone, "count-objects", "-v")  # nothing came twice
    missing = git(clone, "rev-list", "--objects", "--missing=print", "HEAD").split("\n")
    assert [line for line in missing if line.startswith("?")] == [f"?{tree['large.bin'].oid}"]


def test_partial_clone_whose_remote_is_gone(make_repo: Make, git: Git) -> None:
    source = make_repo({"a.py": "word"})
    clone = source.parent / "clone"
    git(source, "clone", "-q", "--filter=blob:none", "-n", f"file://{source}", str(clone))
    source.rename(source.parent / "moved")
    repository = Repository.open(clone)
    with pytest.raises(RunFailed, match="cannot fetch file contents from origin"):
        repository.grep(repository.head(), ["word"], [], ["*.py"])


def test_changed_since(make_repo: Make, git: Git, write: Write) -> None:
    root = make_repo({"same.py": "", "edit.py": "1", "gone.py": "", "theirs.py": "1"})
    git(root, "branch", "upstream")
    write(root, {"edit.py": "2", "caf\udce9.py": "new"})
    git(root, "rm", "-q", "gone.py")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "Mine")
    git(root, "checkout", "-q", "upstream")
    write(root, {"theirs.py": "2"})
    git(root, "commit", "-qam", "Theirs")
    repository = Repository.open(root)
    mine = str(repository.resolve("main"))
    assert repository.changed_since("upstream", mine) == {"edit.py", "caf\udce9.py"}
    git(root, "checkout", "-q", "--orphan", "alone")
    git(root, "commit", "-qm", "Alone")
    with pytest.raises(UsageError, match="share no history"):
        repository.changed_since("alone", mine)


# Attributes


def test_attributes_come_from_the_commit(make_repo: Make, git: Git, write: Write) -> None:
    rules = "gen/** linguist-generated\n*.py filter=lfs\nown.py -linguist-vendored\n"
    root = make_repo({".gitattributes": rules, "gen/a.py": "", "own.py": "", "c.txt": ""})
    write(root, {".gitattributes": "c.txt linguist-generated\n"})
    bare = root.parent / "bare.git"
    git(root, "clone", "-q", "--bare", ".", str(bare))
    for place in (root, bare):
        repository = Repository.open(place)
        found = repository.attributes(repository.head(), ["gen/a.py", "own.py", "c.txt"])
        assert found == {
            "gen/a.py": {"linguist-generated": "set", "filter": "lfs"},
            "own.py": {"linguist-vendored": "unset", "filter": "lfs"},
        }
        assert not list(repository.shared_dir.glob("tmp/*"))


def test_attributes_of_a_nested_file_and_of_odd_names(make_repo: Make) -> None:
    files = dict.fromkeys([f"d/{name}" for name in ODD], "") | {"top.py": ""}
    root = make_repo(files | {"d/.gitattributes": "*.py linguist-vendored=true\n"})
    repository = Repository.open(root)
    found = repository.attributes(repository.head(), list(files), ["linguist-vendored"])
    assert found == {f"d/{name}": {"linguist-vendored": "true"} for name in ODD}


def test_attributes_of_this_clone_alone(make_repo: Make, write: Write) -> None:
    root = make_repo({"a.py": ""})
    repository = Repository.open(root)
    assert repository.attributes(repository.head(), ["a.py"]) == {}
    write(root, {".git/info/attributes": "a.py linguist-generated"})
    found = repository.attributes(repository.head(), ["a.py"])
    assert found == {"a.py": {"linguist-generated": "set"}}


# The work tree


def test_counts_what_is_not_read_and_leaves_the_index_alone(make_repo: Make, git: Git, write: Write) -> None:
    root = make_repo({"a.py": "1", "b.py": "1", "c.pyi": "1", "d.txt": "1", "touched.py": "1"})
    write(root, {"a.py": "2", "c.pyi": "2", "d.txt": "2", "new/x.py": "", "new/y.py": "", "n.md": ""})
    git(root, "add", "c.pyi")
    os.utime(root / "touched.py", (1, 1))
    index = (root / ".git" / "index").read_bytes()
    repository = Repository.open(root)
    assert repository.unread(repository.head()) == (2, 2)
    assert repository.dirty() == {"a.py", "c.pyi", "d.txt", "new/x.py", "new/y.py", "n.md"}
    assert (root / ".git" / "index").read_bytes() == index
    git(root, "checkout", "-q", "--detach")
    (root / "b.py").unlink()
    assert repository.unread(repository.head()) == (3, 2)


def test_counts_against_another_base(make_repo: Make, git: Git, write: Write) -> None:
    root = make_repo({"a.py": "1", "b.py": "1"})
    base = git(root, "rev-parse", "HEAD")
    write(root, {"a.py": "2"})
    git(root, "commit", "-qam", "Change")
    assert Repository.open(root).unread(base) == (0, 0)  # the checkout is clean
    write(root, {"a.py": "1", "b.py": "2"})
    assert Repository.open(root).unread(base) == (1, 0)  # a.py is as in the base again


def test_counts_what_is_staged_and_nothing_without_a_work_tree(make_repo: Make, git: Git, write: Write) -> None:
    root = make_repo({"a.txt": ""})
    write(root, {"staged.py": "", "new.py": ""})
    git(root, "add", "staged.py")
    head = git(root, "rev-parse", "HEAD")
    assert Repository.open(root).unread(head) == (1, 1)
    assert Repository.open(root / ".git").unread(head) == (0, 0)


def test_working_files(make_repo: Make, git: Git, write: Write) -> None:
    root = make_repo(dict.fromkeys(ODD, "") | {"gone.py": "", "pkg/moved.py": "", "s.py": ""})
    outside = root.parent / "outside"
    write(outside, {"moved.py": "not ours"})
    write(root, {".gitignore": "ignored.py\n", "ignored.py": "", "new/n.py": ""})
    (root / "link.py").symlink_to("s.py")
    (root / "gone.py").unlink()
    (root / "pkg" / "moved.py").unlink()
    (root / "pkg").rmdir()
    (root / "pkg").symlink_to(outside)
    make_repo({"inner.py": ""}, name="repo/nested")
    expected = sorted([*ODD, ".gitignore", "new/n.py", "s.py"])
    assert Repository.open(root / "new").working_files() == expected
    with pytest.raises(UsageError, match="no work tree"):
        Repository.open(root / ".git").work_tree(root / ".git")
    assert Repository.open(root / "new").work_tree(root / "new") == root


# Our own files


def test_state_lives_in_the_git_directory(make_repo: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_repo({"a.py": ""})
    repository = Repository.open(root)
    assert repository.state_dir == root / ".git" / "codemod"
    assert not repository.state_dir.exists()
    with monkeypatch.context() as patch:
        patch.setattr(os, "access", lambda *_: False)
        assert repository.state_dir == user_state_dir(root / ".git")
    (root / ".git" / "codemod").symlink_to(root.parent)
    assert repository.state_dir == repository.shared_dir == user_state_dir(root / ".git")


def test_state_of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert user_state_dir(tmp_path / "a").parent == tmp_path / "codemod"
    assert user_state_dir(tmp_path / "a") != user_state_dir(tmp_path / "b")
    monkeypatch.setenv("XDG_STATE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    expected = tmp_path / "home" / ".local" / "state" / "codemod"
    assert user_state_dir(tmp_path / "a").parent == expected


def test_scratch_is_removed_and_sweeps_after_the_dead(make_repo: Make) -> None:
    repository = Repository.open(make_repo({"a.py": ""}))
    shelf = repository.shared_dir / "tmp"
    process = subprocess.Popen(["true"])
    process.wait()
    (shelf / str(process.pid) / "left").mkdir(parents=True)
    (shelf / "1" / "alive").mkdir(parents=True)
    (shelf / "notes").mkdir()
    elsewhere = shelf.parent.parent.parent.parent / "elsewhere"
    (elsewhere / "precious").mkdir(parents=True)
    (shelf / f"0{process.pid}").symlink_to(elsewhere)
    with repository.scratch() as one, repository.scratch() as two:
        assert one != two
        assert one.is_dir()
        assert {path.name for path in shelf.iterdir()} >= {"1", "notes", one.name, two.name}
        assert all(path.name.startswith(f"{os.getpid()}-") for path in (one, two))
    assert {path.name for path in shelf.iterdir()} == {"1", "notes", f"0{process.pid}"}
    assert (elsewhere / "precious").is_dir()


def test_scratch_is_made_elsewhere_where_a_link_leads(make_repo: Make) -> None:
    repository = Repository.open(make_repo({"a.py": ""}))
    elsewhere = repository.shared_dir.parent.parent.parent / "elsewhere"
    (elsewhere / "4194999" / "precious").mkdir(parents=True)  # a number that is no process
    repository.shared_dir.mkdir()
    (repository.shared_dir / "tmp").symlink_to(elsewhere)
    with repository.scratch() as folder:
        assert folder.is_relative_to(user_state_home())
    assert (elsewhere / "4194999" / "precious").is_dir()

"""Trees that git would never write by itself: nothing of them reaches the disk."""

from __future__ import annotations

import errno
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from runner import run
from runner.errors import UsageError
from runner.git import Repository
from runner.request import Asked, make_options
from runner.services import LARGEST_REPORT, LocalServices
from runner.settings import Configuration
from tests.command import COMMAND, codemod

OLD = "from typing import Optional\nx: Optional[int]\n"


def plant(repo: Path, git: Callable[..., str], folder: str, name: str = "evil.py") -> None:
    """Commit a tree with one folder more, whose name may be any."""

    def tree(*entries: tuple[str, str, str]) -> str:
        data = b"".join(f"{mode} {name}\0".encode() + bytes.fromhex(oid) for mode, name, oid in entries)
        return git(repo, "hash-object", "-t", "tree", "-w", "--stdin", "--literally", stdin=data)

    blobs = [("100644", name, git(repo, "rev-parse", f"HEAD:{name}")) for name in ("a.py", "pyproject.toml")]
    inner = tree(("100644", name, blobs[0][2]))
    top, *below = folder.split("|")
    for part in reversed(below):
        inner = tree(("40000", part, inner))
    whole = tree(("40000", top, inner), *blobs)
    git(repo, "update-ref", "HEAD", git(repo, "commit-tree", whole, "-m", "evil"))


@pytest.mark.parametrize("folder", ["..|..|..", ".git|hooks", ".GIT", "sub|..", "sub|.git", "."])
def test_a_path_that_leaves_the_tree_is_never_written(
    make_repo: Callable[..., Path], git: Callable[..., str], tmp_path: Path, folder: str
) -> None:
    settings = '[project]\nname = "x"\nrequires-python = ">=3.11"\n[tool.ruff.format]\n'
    repo = make_repo({"a.py": OLD, "pyproject.toml": settings})
    plant(repo, git, folder)
    temporary = tmp_path / "t" / "t"
    temporary.mkdir(parents=True)
    done = codemod(repo, "run", "modernize-typing", "-n", env={"TMPDIR": str(temporary)})
    assert done.stdout.count("+++") == 1, done.stdout + done.stderr
    assert list(tmp_path.rglob("*evil*")) == []
    assert codemod(repo, "run", "modernize-typing").returncode in (0, 3)
    assert list(tmp_path.rglob("*evil*")) == []


def test_an_absolute_path_is_none_of_the_tree(
    make_repo: Callable[..., Path], git: Callable[..., str], tmp_path: Path
) -> None:
    repo = make_repo({"a.py": OLD, "pyproject.toml": ""})
    plant(repo, git, f"{os.sep}tmp")
    done = codemod(repo, "run", "modernize-typing", "-n")
    assert "evil" not in done.stdout


@pytest.mark.parametrize("outer", ["", "outer.git/"], ids=["alone", "within another"])
def test_a_git_directory_among_the_tracked_files_is_no_repository_to_work_in(
    make_repo: Callable[..., Path], git: Callable[..., str], tmp_path: Path, outer: str
) -> None:
    repo = make_repo({"a.py": OLD, "pyproject.toml": '[project]\nname = "x"\nrequires-python = ">=3.11"\n'})
    for folder in filter(None, (outer, f"{outer}inner.git")):
        git(repo, "clone", "-q", "--bare", ".", folder)
    inner = repo / f"{outer}inner.git"
    hook = inner / "hooks/reference-transaction"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    hook.chmod(0o755)
    before = codemod(inner, "run", "modernize-typing", "-n", "-q")
    assert before.returncode == 0, before.stderr  # untracked, it is the user's own
    git(repo, "add", "-A")
    for words in (["run", "modernize-typing"], ["run", "modernize-typing", "--in-place"]):
        done = codemod(inner, *words)
        assert (done.returncode, "came with the files of" in done.stderr) == (2, True), done.stderr
    assert not (tmp_path / "ran").exists()


def test_a_report_that_never_ends_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    with (tmp_path / "sparse").open("wb") as file:
        file.truncate(LARGEST_REPORT + 1)
    (tmp_path / "link").symlink_to("fifo")
    for path, told in (("fifo", "regular"), ("link", "regular"), ("sparse", "the limit"), ("/dev/zero", "regular")):
        with pytest.raises(UsageError, match=told):
            LocalServices().read_report(str(tmp_path / path))


def test_a_report_may_come_from_a_pipe_of_the_shell() -> None:
    reader, writer = os.pipe()
    with os.fdopen(writer, "w") as file:
        file.write("1.00s call a.py::test")
    assert LocalServices().read_report(f"/dev/fd/{reader}") == "1.00s call a.py::test"
    os.close(reader)


ENDLESS = "\n" * 300_000
LONG = "".join(f"name{n} " for n in range(40_000))


@pytest.mark.parametrize(
    "words",
    [("asyncio-mark",), ("async-mock",), ("fixture-rename", "--old", "db", "--new", "base")],
    ids=lambda words: words[0],
)
def test_configuration_that_is_long_or_no_toml_holds_nothing_up(
    make_repo: Callable[..., Path], words: tuple[str, ...]
) -> None:
    texts = {
        "requirements.txt": f"{ENDLESS}x; python_version < '3'\n{LONG}\n",
        "setup.cfg": f"[{' ' * 3000}\n{'[' * 3000}\n[x{' ' * 3000}\n[tool:pytest]\nusefixtures = db\n",
        "pyproject.toml": f"[project]\nname = 'x'\n[tool.pytest.ini_options]\nx = {'1' * 5000}\n",
        "sub/pyproject.toml": f"[project]\nname = 'x'\n[tool.pytest.ini_options]\nx = {'[' * 5000}\n",
    }
    code = "import pytest\n@pytest.fixture\ndef db(): ...\nasync def test_a(db): ...\nfrom unittest.mock import Mock\nMock()\n"
    repo = make_repo({**texts, "test_a.py": code, "sub/test_b.py": code})
    done = subprocess.run([*COMMAND, "run", *words, "-n"], cwd=repo, capture_output=True, timeout=25, check=False)
    assert done.returncode == 0, done.stderr


DEEP = ".".join("a" * 5000)
MANY = ", ".join(f"'*a{n}*b'" for n in range(40_000))


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (f"[tool.x]\na.{DEEP} = 1", ""),
        (f"[{'.'.join('a' * 100_000)}]\n" + "".join(f"k{n} = 1\n" for n in range(100_000)), ""),
        (f"[tool.codemod]\nexclude.{DEEP} = 1", "parts"),
        (f"[tool.codemod]\nexclude = ['{'[' * 100_000}']", "1,000"),
        (f"[tool.codemod]\nexclude = [{MANY}]", "1,000"),
        (f"[tool.codemod.recipes]\nmine = [{{ name = 'mark-slow', x.{DEEP} = 1 }}]", "tables and lists"),
        (f"[tool.ruff.format]\n[tool.ruff]\nline-length.{DEEP} = 1", ""),
        (f"[tool.pytest.ini_options]\npython_files = ['{'[' * 100_000}']", ""),
        (f"[tool.pytest.ini_options]\ntestpaths = [{MANY}]", ""),
    ],
    ids=["deep key", "long header", "deep", "long glob", "globs", "deep recipe", "ruff", "python_files", "testpaths"],
)
def test_a_table_that_is_made_to_be_slow_or_deep_costs_itself_only(
    make_repo: Callable[..., Path], table: str, told: str
) -> None:
    files = {"pyproject.toml": table, "sub/pyproject.toml": table, "test_a.py": "async def test_a(): ...\n"}
    repo = make_repo({**files, "sub/a.py": OLD})
    run = ["run", "asyncio-mark,modernize-typing", "-n", "-o", "modernize-typing.target-version=3.12"]
    for words in (["list"], run):
        done = subprocess.run([*COMMAND, *words], cwd=repo, capture_output=True, text=True, timeout=25, check=False)
        assert done.returncode == (2 if told and words == run else 0), done.stderr
        assert told in done.stderr
        assert all(len(line) < 600 for line in done.stderr.splitlines())


def test_what_calls_or_extends_a_formatter_without_end_holds_nothing_up(make_repo: Callable[..., Path]) -> None:
    chain = {f"r{n}.toml": f'extend = "r{n + 1}.toml"\n' for n in range(2000)}
    settings = '[project]\nname = "x"\nrequires-python = ">=3.11"\n[tool.ruff]\nextend = "{}"\n'
    hooks = {".pre-commit-config.yaml": "entry: " * 400_000 + "\n"}
    for extends in ("r0.toml", "z" * 100_000):
        repo = make_repo({"a.py": OLD, "pyproject.toml": settings.format(extends), **chain, **hooks})
        words = [*COMMAND, "run", "modernize-typing", "-n"]
        done = subprocess.run(words, cwd=repo, capture_output=True, text=True, timeout=25, check=False)
        assert (done.returncode, "ruff refused: pyproject.toml extends" in done.stderr) == (0, extends[0] == "z")
        assert all(len(line) < 600 for line in done.stderr.splitlines())
        assert "+x: int | None" in done.stdout


@pytest.mark.parametrize("kind", ["long", "deep", "double"])
def test_a_name_that_no_disk_holds_is_none_of_the_tree(
    make_repo: Callable[..., Path], git: Callable[..., str], kind: str
) -> None:
    settings = '[project]\nname = "x"\nrequires-python = ">=3.11"\n[tool.ruff.format]\n'
    repo = make_repo({"a.py": OLD, "pyproject.toml": settings})
    folder = {"long": "n" * 300, "deep": "|".join(["d"] * 1200), "double": "b.py"}[kind]
    oid = git(repo, "rev-parse", "HEAD:a.py")
    plant(repo, git, folder)
    if kind == "double":  # a file and a folder of one name
        raw = subprocess.run(["git", "cat-file", "tree", "HEAD^{tree}"], cwd=repo, capture_output=True, check=True)
        twin = b"100644 b.py\0" + bytes.fromhex(oid)
        tree = git(repo, "hash-object", "-t", "tree", "-w", "--stdin", "--literally", stdin=twin + raw.stdout)
        git(repo, "update-ref", "HEAD", git(repo, "commit-tree", tree, "-m", "twin"))
    done = codemod(repo, "run", "modernize-typing", "-n")
    assert (done.returncode, done.stdout.count("+++")) == (0, 1), done.stdout + done.stderr
    assert codemod(repo, "run", "modernize-typing").returncode in (0, 3)


def test_a_commit_of_an_impossible_date_is_a_base_all_the_same(
    make_repo: Callable[..., Path], git: Callable[..., str]
) -> None:
    repo = make_repo({"a.py": OLD, "pyproject.toml": '[project]\nname = "x"\nrequires-python = ">=3.11"\n'})
    who = b"A <a@x> 99999999999999999999 +0000"
    tree = git(repo, "rev-parse", "HEAD^{tree}").encode()
    raw = b"tree " + tree + b"\nauthor " + who + b"\ncommitter " + who + b"\n\nx\n"
    git(
        repo,
        "update-ref",
        "HEAD",
        git(repo, "hash-object", "-t", "commit", "-w", "--stdin", "--literally", stdin=raw),
    )
    done = codemod(repo, "run", "modernize-typing")
    assert done.returncode == 0, done.stderr


def test_a_file_that_is_not_for_us_to_read_costs_itself_only(
    make_repo: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    repo = make_repo(
        {"a.py": OLD, "b.py": OLD, "pyproject.toml": '[project]\nname = "x"\nrequires-python = ">=3.11"\n'}
    )
    real = Path.open

    def opened(path: Path, *words: str, **named: str) -> object:
        if path.name == "b.py":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return real(path, *words, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", opened)
    monkeypatch.chdir(repo)
    asked = Asked(("modernize-typing",), {}, (), {"in_place": True, "dry_run": True, "cache": False}, ())
    report = run.run(make_options(asked, repo, Configuration()))
    assert [*report.after] == ["a.py"]
    skips = [(s.path, s.reason) for step in report.steps for s in step.skips]
    assert skips == [("b.py", "cannot be read: permission denied")]


@pytest.mark.parametrize("kind", ["link", "fifo"])
@pytest.mark.parametrize("room", ["cache", "plans", "steps", "tmp", "undo"])
def test_what_lies_where_a_folder_of_ours_belongs_stops_no_run(
    make_repo: Callable[..., Path], tmp_path: Path, room: str, kind: str
) -> None:
    repo = make_repo({"a.py": OLD, "pyproject.toml": '[project]\nname = "x"\nrequires-python = ">=3.11"\n'})
    place = repo / ".git/codemod" / room
    place.parent.mkdir()
    (tmp_path / "elsewhere").mkdir()
    if kind == "link":
        place.symlink_to(tmp_path / "elsewhere")
    else:
        os.mkfifo(place)
    for words in (["run", "modernize-typing"], ["run", "modernize-typing", "--in-place"], ["undo"]):
        done = codemod(repo, *words)
        assert done.returncode == 0, done.stderr
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_links_named_after_every_process_leave_room_for_temporary_files(make_repo: Callable[..., Path]) -> None:
    shelf = Repository.open(make_repo({"a.py": ""})).shared_dir / "tmp"
    shelf.mkdir(parents=True)
    (shelf / str(os.getpid())).symlink_to("/nowhere")
    with Repository.open(shelf.parents[2]).scratch() as folder:
        assert folder.parent == shelf


@pytest.mark.parametrize("text", ["[" * 100_000, ""], ids=["deep", "gigabytes"])
def test_a_record_that_is_made_to_be_slow_or_deep_is_none(make_repo: Callable[..., Path], text: str) -> None:
    repo = make_repo({"a.py": OLD})
    record = repo / ".git/codemod/undo/1/record.json"
    record.parent.mkdir(parents=True)
    record.write_text(text)
    if not text:
        with record.open("wb") as file:
            file.truncate(20 << 30)  # sparse: no place on the disk
    for words in (["undo"], ["undo", "--list"]):
        done = subprocess.run([*COMMAND, *words], cwd=repo, capture_output=True, text=True, timeout=25, check=False)
        assert (done.returncode, "not a record that codemod wrote" in done.stderr) == (2, True), done.stderr


def test_a_sparse_checkout_and_stale_alternates_hide_nothing(
    make_repo: Callable[..., Path], git: Callable[..., str]
) -> None:
    settings = '[project]\nname = "x"\nrequires-python = ">=3.11"\n'
    generated = {"s/a.py": OLD, "s/.gitattributes": "*.py linguist-generated\n"}
    repo = make_repo({"a.py": OLD, "t/b.py": OLD, "pyproject.toml": settings, **generated})
    git(repo, "sparse-checkout", "set", "--cone", "--sparse-index", "t")
    (repo / ".git/objects/info/alternates").write_text("/nowhere\n")
    done = codemod(repo, "run", "modernize-typing", "--check")
    assert (done.returncode, done.stdout.split()) == (1, ["a.py", "t/b.py"]), done.stderr


def test_a_work_tree_that_is_not_of_its_repository_is_refused(
    make_repo: Callable[..., Path], git: Callable[..., str]
) -> None:
    outer = make_repo({"a.py": OLD, "pyproject.toml": '[project]\nname = "x"\nrequires-python = ">=3.11"\n'})
    (outer / "evil").mkdir()
    git(outer / "evil", "init", "-q")
    git(outer / "evil", "config", "core.worktree", str(outer))
    for words in (["run", "modernize-typing"], ["run", "modernize-typing", "--in-place"], ["undo"]):
        done = codemod(outer / "evil", *words)
        assert (done.returncode, "core.worktree" in done.stderr) == (2, True), done.stderr
    assert (outer / "a.py").read_text() == OLD


def test_a_file_of_gigabytes_is_a_skip_and_is_never_read_whole(
    make_repo: Callable[..., Path], git: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    repo = make_repo({"a.py": OLD, "pyproject.toml": '[project]\nname = "x"\nrequires-python = ">=3.11"\n'})
    for name in ("big.py", "setup.cfg"):
        with (repo / name).open("wb") as file:
            file.truncate(3 << 30)  # sparse: three gigabytes that take no place
    limit = f'ulimit -v {3 << 20}; exec "$@"'  # KiB of address space
    words = [*COMMAND, "run", "modernize-typing", "--in-place", "-n", "-j", "1"]
    done = subprocess.run(
        ["bash", "-c", limit, "bash", *words], cwd=repo, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "+x: int | None" in done.stdout
    assert "C008-too-large" in done.stderr


def test_a_blob_that_unpacks_to_much_is_read_in_part(make_repo: Callable[..., Path], git: Callable[..., str]) -> None:
    repo = make_repo({"a.py": "x" * 5000, "b.py": "y"})
    repository = Repository.open(repo)
    oids = [git(repo, "rev-parse", f"HEAD:{name}") for name in ("a.py", "b.py")]
    assert repository.read(oids, most=10) == {oids[0]: b"x" * 11, oids[1]: b"y"}


def test_a_configuration_of_gigabytes_is_refused(make_repo: Callable[..., Path]) -> None:
    repo = make_repo({"a.py": OLD})
    with (repo / "pyproject.toml").open("wb") as file:
        file.truncate(3 << 30)
    done = codemod(repo, "run", "modernize-typing", "-n")
    assert (done.returncode, "too large for a configuration" in done.stderr) == (2, True)

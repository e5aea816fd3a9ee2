"""Real git repositories for tests, out of reach of the configuration of whoever runs them."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.forge.github import GitHub

# a shell that runs the tests in the background ignores these for us, and so would every process that we start
for _number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
    if signal.getsignal(_number) is signal.SIG_IGN:
        signal.signal(_number, signal.default_int_handler if _number == signal.SIGINT else signal.SIG_DFL)

CONFIG = """
[user]
    name = Ada Lovelace
    email = ada@example.com
[init]
    defaultBranch = main
    templateDir =
[core]
    fsync = none
[gc]
    auto = 0
[maintenance]
    auto = false
[protocol "file"]
    allow = always
[uploadpack]
    allowFilter = true
    allowAnySHA1InWant = true
[advice]
    detachedHead = false
"""
DATE = "@1700000000 +0530"


@pytest.fixture(scope="session")
def git_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("git-home")
    (home / "config").write_text(CONFIG)
    return home


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the processes that tests start keep what they have compiled: one place for all workers."""
    base = tmp_path_factory.getbasetemp()
    return (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "compiled"


@pytest.fixture(autouse=True)
def hermetic_git(git_home: Path, compiled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # some machines keep no compiled code: each of a thousand processes would compile all of ours
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", str(compiled))
    monkeypatch.delenv("PYTHONSAFEPATH", raising=False)  # a pool of an earlier test has set it
    monkeypatch.setattr("runner.signals._delivered", [])  # what an earlier test wrote in this process
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(git_home / "config"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_AUTHOR_DATE", DATE)
    monkeypatch.setenv("GIT_COMMITTER_DATE", DATE)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(git_home / "xdg-config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(git_home / "xdg-state"))


def run_git(where: Path, *args: str, stdin: bytes = b"") -> str:
    done = subprocess.run(["git", *args], cwd=where, input=stdin, capture_output=True, check=False)
    assert done.returncode == 0, (args, done.stderr.decode(errors="replace"))
    return done.stdout.decode("utf-8", "surrogateescape").removesuffix("\n")


def write_files(root: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files below a folder; names may hold any byte, by surrogateescape."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


@pytest.fixture
def git() -> Callable[..., str]:
    """`git(path, *args, stdin=b"")` runs git there and gives what it printed."""
    return run_git


@pytest.fixture
def write() -> Callable[[Path, Mapping[str, str | bytes]], None]:
    """`write(path, {name: content})` writes files below a folder."""
    return write_files


@pytest.fixture
def make_repo(tmp_path: Path) -> Callable[..., Path]:
    """`make_repo({name: content}, *init_options, name="repo")` gives a repository with one commit.

    Without files there is no commit.
    """

    def make(files: Mapping[str, str | bytes], *options: str, name: str = "repo") -> Path:
        root = tmp_path / name
        run_git(tmp_path, "init", "--quiet", *options, name)
        if files:
            write_files(root, files)
            run_git(root, "add", "--all")
            run_git(root, "commit", "--quiet", "--message", "Begin")
        return root

    return make


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with pytest, for all tests that verify: each one would compile a pytest of its own."""
    from tests.verifying import make_environment

    return make_environment(tmp_path_factory.mktemp("environment") / "venv")


@pytest.fixture(scope="session")
def forge_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GitHub]:
    from tests.forge.github import GitHub

    server = GitHub(tmp_path_factory.mktemp("forge"))
    yield server
    server.stop()


@pytest.fixture
def forge(forge_server: GitHub) -> Iterator[GitHub]:
    """A GitHub of one's own, empty: see tests/forge/github.py. What is no GitHub fails the test."""
    forge_server.reset()
    yield forge_server
    assert forge_server.violations == []


@pytest.fixture
def immutable() -> Iterator[Callable[[Path], None]]:
    """Makes a file or folder such that not even root can write it."""
    done: list[Path] = []

    def make(path: Path) -> None:
        done.append(path)
        if os.geteuid():
            path.chmod(0o555 if path.is_dir() else 0o444)
        elif not shutil.which("chattr") or subprocess.run(["chattr", "+i", path], capture_output=True).returncode:
            pytest.skip("root, and no chattr on this file system")

    yield make
    for path in done:
        if os.geteuid():
            path.chmod(0o755)
        else:
            subprocess.run(["chattr", "-i", path], capture_output=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="rewrite the expected side of golden cases that differ, and fail: someone must read the diff",
    )

"""`make demo`: a small repository with a messy test suite, and what codemod makes of it."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from textwrap import dedent

CODEMOD = Path(sys.executable).with_name("codemod")

FILES = {
    "pyproject.toml": """
        [project]
        name = "shop"
        requires-python = ">=3.11"

        [tool.pytest.ini_options]
        testpaths = ["tests", "e2e"]
        """,
    "shop/__init__.py": "",
    "shop/orders.py": '''
        """The code under test; its `db` parameters are no fixtures."""


        def place(db, item):
            db.append(item)
            return len(db)


        def count(*, db):
            return len(db)
        ''',
    "tests/conftest.py": '''
        import pytest


        @pytest.fixture
        def db():
            """The test database."""
            db = []
            yield db
            db.clear()


        @pytest.fixture
        def customer(db):
            db.append("customer")
            return db[0]
        ''',
    "tests/test_orders.py": '''
        import pytest

        from shop.orders import count, place


        def test_place(db, customer):
            assert place(db, "book") == 2
            assert count(db=db) == 2  # the label stays, the value changes


        @pytest.mark.usefixtures("db")
        class TestEmpty:
            def test_nothing(self):
                assert True


        @pytest.mark.parametrize("db", [[1], [1, 2]])
        def test_own_database(db):
            assert db
        ''',
    "tests/api/conftest.py": '''
        import pytest


        @pytest.fixture
        def db(db):
            """Overrides the one above and builds on it: both are renamed together."""
            db.append("api")
            return db
        ''',
    "tests/api/test_api.py": '''
        def test_api(db):
            def rows():
                return list(db)

            assert rows() == ["api"]
        ''',
    "tests/test_totals.py": '''
        def totals(db):
            return sum(db)


        def test_totals():
            db = [1, 2]
            assert totals(db) == 3
        ''',
    "e2e/conftest.py": '''
        import pytest


        @pytest.fixture
        def db_session():
            """The staging database."""
            return "staging"
        ''',
    "e2e/smoke/conftest.py": '''
        import pytest


        @pytest.fixture
        def db():
            """A database in memory. Renamed, it would hide the one above from the test below."""
            return "memory"
        ''',
    "e2e/smoke/test_smoke.py": '''
        def test_staging(db_session, db):
            assert (db_session, db) == ("staging", "memory")


        def test_staging_alone(db_session):
            assert db_session == "staging"
        ''',
}  # fmt: skip


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="codemod-demo-") as folder:
        repo = Path(folder) / "shop"
        build(repo)
        say("A small repository with a messy test suite: fixtures called `db` that should be `db_session`.")
        run(repo, "git", "log", "--oneline")
        # something of the user's own, which must stay as it is
        (repo / "notes.txt").write_text("not committed\n")
        before = state(repo)

        say("1. What would change? A dry run writes nothing.")
        run(repo, "codemod", "run", "fixture-rename", "--dry-run")

        say("2. Do it: a commit on a branch of its own. The checkout stays as it is.")
        run(repo, "codemod", "run", "fixture-rename")
        run(repo, "git", "show", "--stat", "--format=%an%n%n%B", "codemod/fixture-rename")

        say("3. The proof that nothing else moved.")
        after = state(repo)
        for name in before:
            print(f"   {name}: {'unchanged' if before[name] == after[name] else 'CHANGED'}")
        if before != after:
            sys.exit("the checkout moved")
        run(
            repo,
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            shown="pytest -q    # on your branch",
        )
        run(repo, "git", "switch", "-q", "codemod/fixture-rename")
        run(
            repo,
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            shown="pytest -q    # on codemod/fixture-rename",
        )
        (repo / "notes.txt").unlink()

        say("4. Again: nothing left to do.")
        run(repo, "codemod", "run", "fixture-rename")
    say("Now in a repository of yours:")
    shown = os.path.relpath(CODEMOD)
    print(
        f"   {shown} list\n   {shown} explain fixture-rename\n   cd YOUR/REPOSITORY && {CODEMOD} run fixture-rename --dry-run"
    )


def build(repo: Path) -> None:
    for name, text in FILES.items():
        path = repo / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip("\n"))
    quiet = {"cwd": repo, "check": True, "capture_output": True}
    subprocess.run(["git", "init", "-q", "-b", "main"], **quiet)  # type: ignore[call-overload]
    for key, value in (
        ("user.name", "Ada"),
        ("user.email", "ada@example.org"),
        ("commit.gpgsign", "false"),
    ):
        subprocess.run(["git", "config", key, value], **quiet)  # type: ignore[call-overload]
    subprocess.run(["git", "add", "."], **quiet)  # type: ignore[call-overload]
    subprocess.run(["git", "commit", "-qm", "Shop with tests"], **quiet)  # type: ignore[call-overload]


def state(repo: Path) -> dict[str, bytes]:
    def git(*words: str) -> bytes:
        return subprocess.run(["git", *words], cwd=repo, check=True, capture_output=True).stdout

    files = {p: p.read_bytes() for p in sorted(repo.rglob("*")) if p.is_file() and ".git" not in p.parts}
    return {
        "branch": git("rev-parse", "HEAD", "--abbrev-ref", "HEAD"),
        "git status": git("status", "--porcelain"),
        "index": (repo / ".git/index").read_bytes(),
        "files": repr(files).encode(),
    }


def run(repo: Path, *words: str, shown: str = "") -> None:
    command = [str(CODEMOD) if words[0] == "codemod" else words[0], *words[1:]]
    print(f"\n$ {shown or shlex.join(words)}", flush=True)
    color = {"GIT_PAGER": "cat", "PYTHONDONTWRITEBYTECODE": "1"}
    color |= {"FORCE_COLOR": "1"} if sys.stdout.isatty() else {}
    done = subprocess.run(command, cwd=repo, env=os.environ | color, stderr=subprocess.STDOUT, check=False)
    if done.returncode:
        sys.exit(f"exit code {done.returncode}")


def say(text: str) -> None:
    bold = ("\033[1m", "\033[0m") if sys.stdout.isatty() else ("", "")
    print(f"\n{bold[0]}{text}{bold[1]}", flush=True)


if __name__ == "__main__":
    main()

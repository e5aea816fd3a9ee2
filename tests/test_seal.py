"""What lies under the git directory may have come with the repository: nothing there is run, or followed elsewhere."""

from __future__ import annotations

import os
import pickle
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from runner import seal
from runner.cache import Cache
from runner.decide import NONE
from runner.disk import user_state_home
from runner.plan import Plan
from runner.plans import Shelf
from runner.seal import unseal
from tests.command import codemod

TYPED = "from typing import Optional\nx: Optional[int]\n"
PROJECT = '[project]\nname = "x"\nrequires-python = ">=3.11"\n'


class Evil:
    """Touches a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self.path,)


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "home"))
    seal._key.cache_clear()
    return tmp_path / "home" / "codemod"


def told(where: Path, *words: str) -> str:
    done = codemod(where, *words)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_planted_answers_are_neither_run_nor_believed(make_repo: Callable[..., Path], tmp_path: Path) -> None:
    repo = make_repo({"pyproject.toml": PROJECT, "a.py": TYPED})
    words = ("run", "modernize-typing", "-n")
    first = told(repo, *words)
    state, ran = repo / ".git/codemod", tmp_path / "ran"
    evil = pickle.dumps(Evil(ran))
    for path in (state / "steps").iterdir():
        path.write_bytes(evil)
    with sqlite3.connect(next((state / "cache").glob("*.sqlite"))) as database:
        assert database.execute("update answer set value = ?", (evil,)).rowcount > 0
    assert told(repo, *words) == first
    for path in (state / "steps").iterdir():  # with a digest that another user's key gives
        path.write_bytes(b"x" * 32 + evil)
    assert told(repo, *words) == first
    assert not ran.exists()


def test_a_sealed_value_is_believed_under_its_own_name_only(own_home: Path, tmp_path: Path) -> None:
    kept = seal.seal(b"name", ["value"])
    assert kept is not None
    assert unseal(b"name", kept) == ["value"]
    evil = pickle.dumps(Evil(tmp_path / "ran"))
    for name, wrong in [(b"other", kept), (b"name", kept[:-1]), (b"name", b""), (b"name", kept[:32] + evil)]:
        with pytest.raises(ValueError, match="not made by this user"):
            unseal(name, wrong)
    (own_home / "key").unlink()
    seal._key.cache_clear()
    with pytest.raises(ValueError, match="not made by this user"):
        unseal(b"name", kept)
    assert not (tmp_path / "ran").exists()


def test_the_key_is_for_the_user_alone(own_home: Path) -> None:
    seal.seal(b"", 1)
    key = (own_home / "key").read_bytes()
    assert (len(key), (own_home / "key").stat().st_mode & 0o777) == (32, 0o600)
    seal._key.cache_clear()
    seal.seal(b"", 1)
    assert (own_home / "key").read_bytes() == key
    for spoil in (lambda p: p.chmod(0o644), lambda p: p.write_bytes(b"short"), _link):
        spoil(own_home / "key")
        seal._key.cache_clear()
        assert seal.seal(b"", 1)
        new = (own_home / "key").read_bytes()
        assert (len(new), new != key, (own_home / "key").is_symlink()) == (32, True, False)
        assert (own_home / "key").stat().st_mode & 0o777 == 0o600
        key = new


def _link(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")


def test_without_a_home_nothing_is_kept_and_nothing_believed(
    tmp_path: Path, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = Cache(tmp_path / "state")
    cache.store({b"key": 1})
    assert Cache(tmp_path / "state").lookup([b"key"]) == {b"key": 1}
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    again = Cache(tmp_path / "state")
    again.store({b"other": 2})
    assert again.lookup([b"key", b"other"]) == {}
    assert user_state_home() == tmp_path / "file/codemod"


def test_a_link_in_our_folders_is_not_followed(make_repo: Callable[..., Path], tmp_path: Path) -> None:
    repo = make_repo({"pyproject.toml": PROJECT, "a.py": TYPED})
    precious = tmp_path / "precious"
    for name in ("steps", "plans", "cache"):
        (precious / name).mkdir(parents=True)
        for number in range(20):
            (precious / name / str(number)).write_text("precious")
        os.utime(precious / name / "0", (1, 1))
    state = repo / ".git/codemod"
    state.mkdir()
    for name in ("steps", "plans"):
        (state / name).symlink_to(precious / name)
    (state / "cache").mkdir()
    own = seal.own_name(b"cache")
    for name in (f"{own}.sqlite", f"{own}.sqlite-journal"):
        (state / "cache" / name).symlink_to(precious / "cache" / "0")
    for links in (("steps", "plans"), ()):
        assert "+x: int | None" in told(repo, "run", "modernize-typing", "-n")
        files = [p for p in precious.rglob("*") if p.is_file()]
        assert (len(files), {p.read_text() for p in files}) == (60, {"precious"})
        for name in links:
            (state / name).unlink()
    assert not any(p.is_symlink() for p in (state / "cache").iterdir())


def test_a_planted_database_is_never_opened(make_repo: Callable[..., Path]) -> None:
    repo = make_repo({"pyproject.toml": PROJECT, "a.py": TYPED})
    endless = "with recursive n(x) as (select 1 union all select x + 1 from n) select x as key, x as value from n"
    (repo / ".git/codemod/cache").mkdir(parents=True)
    with sqlite3.connect(repo / ".git/codemod/cache/cache.sqlite") as database:
        database.execute(f"create view answer as {endless}")
    assert "+x: int | None" in told(repo, "run", "modernize-typing", "-n")


def test_the_name_of_the_cache_is_the_users_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = set()
    for home in ("one", "two"):
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / home))
        Cache(tmp_path / "state").store({b"key": 1})
        names.add(seal.own_name(b"cache"))
    assert {p.stem for p in (tmp_path / "state/cache").glob("*.sqlite")} == names
    assert len(names) == 2


def test_a_plan_is_not_written_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "state/plans").symlink_to(tmp_path / "elsewhere")
    assert Shelf(tmp_path / "state").save(Plan("", ()), NONE, {}) == ""
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_the_name_of_a_run_leads_to_no_other_folder(tmp_path: Path) -> None:
    """A recipe's name comes from the repository."""
    for name in ("../../x", "a/b", "..", "/etc/x", "ü" * 300):
        assert Shelf(tmp_path / "state").save(Plan("", (), name=name), NONE, {})
        assert {p.name for p in tmp_path.iterdir()} <= {"state", "home"}
        assert {p.name for p in (tmp_path / "state").iterdir()} == {"plans"}
        assert Shelf(tmp_path / "state").find(name).name == name

"""The pool and the cache: right answers whatever happens to a worker, whatever changed since."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from codemods.engine.registry import Spec
from codemods.engine.world import Outcome, Task
from runner.cache import Cache, folder_digest, stable_digest
from runner.spawned import Spawning
from runner.workers import Pool, default_jobs
from tests.command import TOP

MISBEHAVE = Spec(str(Path(__file__).parent / "local" / "misbehave.py"))


def task(name: str, text: str) -> Task:
    return Task("find", MISBEHAVE, name, text.encode())


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_task_has_an_outcome_and_only_bad_ones_fail(jobs: int) -> None:
    tasks = [task(f"{n}.py", "x = 1\n") for n in range(100)]
    tasks += [
        task("crash.py", "x = 1  # crash here\n"),
        task("hang.py", "x = 1  # hang here\n"),
        task("no.py", "x = (\n"),
    ]
    with Pool(jobs, timeout=1) as pool:
        outcomes = {t.path: o for t, o in pool.run(tasks)}
    assert len(outcomes) == 103
    assert outcomes["crash.py"] == Outcome(code="C006-crashed", reason="the worker died (7)")
    assert outcomes["hang.py"] == Outcome(code="C010-timeout", reason="took longer than 1 second")
    assert outcomes["no.py"].code == "C001-syntax"
    assert {o.code for p, o in outcomes.items() if p[0].isdigit()} == {""}


def test_a_kept_answer_comes_back_and_a_crash_is_not_kept(tmp_path: Path) -> None:
    good, bad = task("a.py", "x = 1\n"), task("b.py", "x = 1\n")
    cache = Cache(tmp_path)
    key, of_bad = cache.keys([good, bad])
    cache.store({key: Outcome("found"), of_bad: Outcome(code="C006-crashed")})
    assert Cache(tmp_path).lookup([of_bad, key]) == {key: Outcome("found")}


@pytest.mark.parametrize(
    "other",
    [
        replace(task("a.py", "x = 1\n"), data=b"x = 2\n"),
        replace(task("a.py", "x = 1\n"), path="b.py"),
        replace(task("a.py", "x = 1\n"), kind="scan"),
        replace(task("a.py", "x = 1\n"), facts={"far": "conftest"}),
        replace(task("a.py", "x = 1\n"), minimum=(3, 9)),
        replace(task("a.py", "x = 1\n"), before=b"x = 0\n"),
        replace(task("a.py", "x = 1\n"), spec=replace(MISBEHAVE, options=(("n", 1),))),
    ],
)
def test_whatever_an_answer_depends_on_is_in_its_key(tmp_path: Path, other: Task) -> None:
    cache = Cache(tmp_path)
    cache.store(dict.fromkeys(cache.keys([task("a.py", "x = 1\n")]), Outcome("found")))
    assert len(cache.keys([other])) == 1
    assert cache.lookup(cache.keys([other])) == {}


@pytest.mark.parametrize("name", ["code.py", "knowledge/library.json", "table.toml"])
def test_what_a_package_knows_is_in_the_digest_as_its_code_is(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("1")
    before = folder_digest(tmp_path)
    (tmp_path / "notes.txt").write_text("decides nothing")
    assert folder_digest(tmp_path) == before
    path.write_text("12")
    assert folder_digest(tmp_path) != before


def test_a_damaged_cache_is_begun_anew_and_an_unwritable_one_is_only_slower(tmp_path: Path) -> None:
    one = task("a.py", "x = 1\n")
    Cache(tmp_path).keys([one])
    (database,) = (tmp_path / "cache").glob("*.sqlite")
    database.write_bytes(b"not a database" * 1000)
    (tmp_path / "file").write_text("")
    for folder, expected in ((tmp_path, [Outcome("found")]), (tmp_path / "file", []), (None, [])):
        cache = Cache(folder)
        cache.store(dict.fromkeys(cache.keys([one]), Outcome("found")))
        assert list(cache.lookup(cache.keys([one])).values()) == expected


@dataclass(frozen=True)
class Fact:
    names: frozenset[str]


def test_the_digest_of_facts_does_not_depend_on_the_order_of_sets_and_mappings() -> None:
    names = [f"name{n}" for n in range(50)]
    one = {"a": Fact(frozenset(names)), "b": (1, None)}
    two = {"b": (1, None), "a": Fact(frozenset(reversed(names)))}
    assert stable_digest(one) == stable_digest(two)
    assert stable_digest(one) != stable_digest({**two, "b": (True, None)})
    with pytest.raises(TypeError, match="plain data"):
        stable_digest(object())


def test_a_long_folder_for_temporary_files_is_no_hindrance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    long = tmp_path / ("long" * 30)
    long.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(long))  # no socket can have a path below it
    with Pool(1, timeout=60) as pool:
        outcomes = [outcome for _, outcome in pool.run([task("a.py", "x = 1\n")])]
    assert [o.code for o in outcomes] == [""]


def test_a_thousand_jobs_are_as_many_as_the_machine_can_use() -> None:
    assert Pool(1000, timeout=60).jobs == 4 * default_jobs()
    assert [Pool(jobs, timeout=60).jobs for jobs in (0, 1, 2)] == [default_jobs(), 1, 2]


@pytest.mark.parametrize(
    ("error", "told"),
    [("EOFError", False), ("ConnectionResetError", False), ("FileNotFoundError", False), ("ValueError", True)],
)
def test_a_worker_that_is_begun_when_all_is_over_says_nothing(error: str, told: bool) -> None:
    code = f"import sys; sys.path.insert(0, {str(TOP)!r}); import runner.begun; raise {error}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ("Traceback" in done.stderr) is told


class Unreadable:
    """What cannot be read back: as the locks of a pool that is over."""

    def __init__(self, error: type[Exception]) -> None:
        self.error = error

    def __setstate__(self, state: dict[str, type[Exception]]) -> None:
        raise state["error"]


@pytest.mark.parametrize(("error", "told"), [(FileNotFoundError, False), (ValueError, True)])
def test_a_worker_from_nothing_whose_pool_is_over_says_nothing(
    error: type[Exception], told: bool, capfd: pytest.CaptureFixture[str]
) -> None:
    process = Spawning().Process(target=print, args=(Unreadable(error),))
    process.start()
    process.join()
    assert process.exitcode == 1
    assert ("Traceback" in capfd.readouterr().err) is told

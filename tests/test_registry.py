"""Codemods are found by name, by entry point and by file path, and loaded under a private name."""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from codemods.engine import registry
from codemods.engine.codemod import OptionError
from codemods.engine.nearest import did_you_mean
from codemods.engine.registry import Spec, UnknownCodemod, load
from codemods.engine.work import work
from codemods.engine.world import Task

LOCAL = """
from __future__ import annotations
from dataclasses import dataclass
from codemods.engine import Codemod, Needles, option

@dataclass(frozen=True)
class Fact:
    path: str

class _Private(Codemod):
    pass

@dataclass(frozen=True)
class Mine(Codemod):
    '''Do what I want.

    More words.
    '''

    old: str = option(help="the old name")
    marks: tuple[str, ...] = option((), help="marks", choices=("a", "b"))

    def needles(self):
        return Needles(("x",))

    def scan(self, file):
        return Fact(file.path)

    def find(self, file, facts):
        assert facts == Fact(file.path)
        return ()
"""


def local(folder: Path, text: str = LOCAL, name: str = "my_codemod.py") -> str:
    folder.mkdir(exist_ok=True, parents=True)
    path = folder / name
    path.write_text(textwrap.dedent(text))
    return str(path)


# ---- by name -----------------------------------------------------------------------------------


def test_every_built_in_codemod_loads_under_its_name() -> None:
    found = dict(registry.iterate())
    assert list(found) == sorted(found)
    assert {name: cls.name.fget(cls()) for name, cls in found.items() if _has_defaults(cls)} == {  # type: ignore[attr-defined]
        name: name for name, cls in found.items() if _has_defaults(cls)
    }
    assert "base" not in found


def _has_defaults(cls: type) -> bool:
    try:
        cls()
    except (TypeError, OptionError):
        return False
    return True


def test_an_unknown_name_gets_the_nearest_ones() -> None:
    with pytest.raises(UnknownCodemod, match=r"no codemod 'asyncio-marks'; did you mean asyncio-mark\b"):
        load("asyncio-marks")
    with pytest.raises(UnknownCodemod, match=r"no codemod 'zzz'; known: add-parameter, "):
        load("zzz")


def test_without_any_codemod_there_is_nothing_to_suggest() -> None:
    assert did_you_mean("x", []) == ""


def test_the_modules_of_the_house_are_no_codemods() -> None:
    with pytest.raises(UnknownCodemod):
        load("engine")


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A distribution that brings a codemod `their-own`, and one that would replace a built-in."""
    local(tmp_path, name="their_module.py")
    info = tmp_path / "theirs-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: theirs\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(
        f"[{registry.ENTRY_POINTS}]\ntheir-own = their_module\nasyncio-mark = their_module\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))


@pytest.mark.usefixtures("installed")
def test_an_installed_codemod_is_found_and_replaces_no_built_in_one() -> None:
    assert "their-own" in registry.names()
    load.cache_clear()
    assert load("their-own").__module__ == "their_module"
    assert load("asyncio-mark").__module__ == "codemods.asyncio_mark"
    load.cache_clear()


# ---- by file -----------------------------------------------------------------------------------


def test_a_local_codemod_has_a_private_name(tmp_path: Path) -> None:
    cls = load(local(tmp_path))
    assert cls(old="x").name == "my-codemod"  # type: ignore[call-arg]
    assert cls.__module__.startswith("_local_codemods.")
    assert "my_codemod" not in sys.modules
    assert str(tmp_path) not in sys.path
    assert registry.summary(cls) == "Do what I want."


def test_two_local_codemods_of_one_name_stay_apart(tmp_path: Path) -> None:
    first, second = load(local(tmp_path / "a")), load(local(tmp_path / "b"))
    assert first is not second
    assert sys.modules[first.__module__] is not sys.modules[second.__module__]
    for cls in (first, second):
        made = cls(old="x")  # type: ignore[call-arg]
        assert pickle.loads(pickle.dumps(made)) == made


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x = (", "cannot be loaded: SyntaxError"),
        ("import nothing_of_this_name", "cannot be loaded: ModuleNotFoundError"),
        ("raise SystemExit(1)", "cannot be loaded: SystemExit: 1"),
        ("x = 1", "one subclass of Codemod is needed, 0 found"),
        (LOCAL + "\nclass Other(Mine): pass\n", "one subclass of Codemod is needed, 2 found"),
        (LOCAL.replace("@dataclass(frozen=True)\nclass Mine", "class Mine"), r"Mine must be a @dataclass"),
        (LOCAL.replace("@dataclass(frozen=True)\nclass Mine", "@dataclass\nclass Mine"), "cannot be loaded: TypeError"),
    ],
)  # fmt: skip
def test_a_malformed_local_codemod_is_refused(tmp_path: Path, text: str, message: str) -> None:
    before = set(sys.modules)
    with pytest.raises(UnknownCodemod, match=rf"my_codemod\.py: .*{message}"):
        load(local(tmp_path, text))
    if "cannot be loaded" in message:
        assert not [n for n in set(sys.modules) - before if n.endswith("my_codemod")]


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(UnknownCodemod, match=r"nowhere\.py: no such file"):
        load(str(tmp_path / "nowhere.py"))


def test_a_worker_loads_a_local_codemod_before_its_facts(tmp_path: Path) -> None:
    where = local(tmp_path)
    spec = Spec(where, (("old", "x"),))
    fact, _ = work(Task("scan", spec, "m.py", b"")).value
    task = Task("find", spec, "m.py", b"x", fact)
    assert pickle.loads(pickle.dumps(task)) == task
    # in a process that has never seen the codemod
    (tmp_path / "task").write_bytes(pickle.dumps(task))
    code = "import pickle, sys; from codemods.engine.work import work; print(work(pickle.load(open(sys.argv[1], 'rb'))).code or 'done')"
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "task")],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parent.parent,
    )
    assert (run.stdout, run.stderr) == ("done\n", "")


def test_a_task_of_a_built_in_codemod_is_pickled_as_it_is() -> None:
    task = Task("find", Spec("asyncio-mark"), "m.py", b"x", {"a": 1}, minimum=(3, 9))
    assert pickle.loads(pickle.dumps(task)) == task


# ---- options -----------------------------------------------------------------------------------


def test_options_are_converted_and_checked(tmp_path: Path) -> None:
    where = local(tmp_path)
    made = Spec(where, (("old", "x"), ("marks", ("a", "b")))).codemod()
    assert made.options == {"old": "x", "marks": ("a", "b")}
    for options, message in [
        ((), "--old: is needed; the old name"),
        ((("old", 1),), "--old: 1 is not accepted; a text is needed"),
        ((("old", "x"), ("marks", ("a", "c"))), "--marks: 'c' is not accepted; one of a, b is needed"),
        ((("old", "x"), ("mark", ("a",))), rf"--mark: \('a',\) is not accepted; {where} has no such option; did you mean marks\?"),
        ((("old", "x"), ("q", "1")), f"--q: '1' is not accepted; {where} has no such option; known: marks, old"),
    ]:  # fmt: skip
        with pytest.raises(OptionError, match=f"^{message}$"):
            Spec(where, options).codemod()


def test_one_bad_file_is_an_outcome_of_a_local_codemod_too(tmp_path: Path) -> None:
    task = Task("find", Spec(local(tmp_path), (("old", "x"),)), "m.py", b"x", "no fact")
    outcome = work(task)
    assert outcome.code == "C006-crashed"
    assert re.fullmatch(r"AssertionError:  \(my_codemod\.py:\d+\)", outcome.reason)

"""A module that was split: to whoever imports, patches or asks git it is what it was."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.command import codemod

Git = Callable[..., str]
Make = Callable[..., Path]

MODULE = '''"""Prices."""

from __future__ import annotations

import json
import logging
import os
from dataclasses import dataclass

log = logging.getLogger(__name__)
CURRENCY = "EUR"
_rate: float | None = None


# ---- things ----


@dataclass
class Price:
    """What a thing costs."""

    amount: int

    def text(self) -> str:
        return f"{self.amount} {CURRENCY}"


class Broken(Price):
    pass


# ---- rates ----


def rate() -> float:
    global _rate
    if _rate is None:
        _rate = load()
    return _rate


def load() -> float:
    with open(os.devnull) as file:
        return float(json.loads(file.read() or "2.5"))


def convert(price: Price) -> Price:
    log.debug("convert %s", price)
    return Price(int(price.amount * rate()))
'''
LAYOUT = """
[[part]]
name = "things"
defs = ["CURRENCY", "Price", "Broken"]

[[part]]
name = "rates"
defs = ["_rate", "rate", "load"]

[[part]]
name = "conversion"
doc = "From one currency to another."
defs = ["log", "convert"]
"""
FILES = {"shop/__init__.py": "", "shop/prices.py": MODULE, "layout.toml": LAYOUT}
SPLIT = ("run", "split-module", "--module", "shop/prices.py", "--layout", "layout.toml", "--unsafe")
PARTS = ("_things", "_rates", "_conversion")


@pytest.fixture
def repo(make_repo: Make, git: Git) -> Path:
    """A repository with one module, which has a history of two commits."""
    found = make_repo(FILES)
    path = found / "shop" / "prices.py"
    path.write_text(MODULE.replace("What a thing costs", "What something costs"))
    git(found, "commit", "-qam", "Say it otherwise")
    return found


def split(repo: Path, *more: str) -> subprocess.CompletedProcess[str]:
    done = codemod(repo, *SPLIT, *more)
    assert done.returncode == 0, done.stderr
    return done


def python(where: Path, code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], cwd=where, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


# ---- whoever uses it -----------------------------------------------------------------------------


def test_what_is_set_in_the_package_arrives_where_it_is_used(repo: Path) -> None:
    split(repo, "--in-place")
    code = """
from unittest import mock
import builtins
from shop import prices
price = prices.Price(2)
with mock.patch("shop.prices.load", lambda: 3.0), mock.patch("shop.prices._rate", None):
    assert prices.convert(price).amount == 6
    assert prices.rate() == 3.0
assert prices._rate is None, prices._rate
prices.CURRENCY = "USD"
assert price.text() == "2 USD"
with mock.patch.object(prices, "json") as fake:  # only imported there
    fake.loads.return_value = 7
    assert prices.load() == 7
with mock.patch("shop.prices.open", mock.mock_open(read_data="9")):  # a builtin
    assert prices.load() == 9
assert prices.load() == 2.5
assert "open" not in vars(prices)
assert prices.rate() == 2.5 and prices._rate == 2.5
prices._rate = 4.0
assert prices.rate() == 4.0
del prices._rate
try:
    prices._rate
except AttributeError as error:
    assert "shop.prices" in str(error)
else:
    raise AssertionError("it is still there")
prices._rate = 5.0
assert prices.rate() == 5.0
"""
    assert python(repo, code) == ""


def test_names_and_places_are_those_of_the_module(repo: Path) -> None:
    code = """
import pickle, sys, typing
from shop import prices
space = {}
exec("from shop.prices import *", space)
print(sorted(n for n in space if n != "__builtins__"))
print(prices.Price.__module__, prices.convert.__module__, prices.log.name, prices.__doc__)
print(pickle.dumps(prices.Broken(1)).hex(), typing.get_type_hints(prices.convert))
print({n for n in ("_rate", "json", "CURRENCY", "Price", "__annotations__") if n in dir(prices)} )
""".replace("print({n", "print(sorted({n").replace("dir(prices)} )", "dir(prices)}))")
    before = python(repo, code)
    split(repo, "--in-place")
    assert python(repo, code) == before


def test_a_deprecated_name_warns_whoever_takes_it(repo: Path) -> None:
    split(repo, "--in-place", "--deprecate", "load=3.0")
    code = """
import warnings
from unittest import mock
from shop import prices
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    prices.convert(prices.Price(2))
    hasattr(prices, "nothing")
    prices.nothing = 1
assert not caught
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    from shop.prices import load
    prices.load()
print(*{(w.category.__name__, str(w.message), w.filename) for w in caught}, sep="\\n")
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    with mock.patch("shop.prices.load", lambda: 4.0), mock.patch("shop.prices._rate", None):
        assert prices.rate() == 4.0
    assert prices.load() == 2.5
"""
    told = "('DeprecationWarning', 'shop.prices.load is gone in 3.0', '<string>')\n"
    assert python(repo, code) == told


def test_a_lazy_package_imports_a_part_when_a_name_of_it_is_taken(make_repo: Make) -> None:
    text = MODULE.replace("@dataclass\n", "").replace("log = ", '__all__ = ["convert", "rate"]\nlog = ')
    repo = make_repo(FILES | {"shop/prices.py": text})
    split(repo, "--in-place", "--facade", "lazy")
    code = """
import sys
from shop import prices
there = lambda: sorted(name[12:] for name in sys.modules if name.startswith("shop.prices._"))
print(there(), prices.CURRENCY, there())
from shop.prices import *
print(rate(), prices._rate, there(), {"convert", "log"} <= {*dir(prices)})
"""
    assert python(repo, code) == ("[] EUR ['_things']\n2.5 2.5 ['_conversion', '_rates', '_things'] True\n")


@pytest.mark.parametrize("part", PARTS)
def test_each_part_is_imported_alone(repo: Path, part: str) -> None:
    split(repo, "--in-place")
    assert python(repo, f"import shop.prices.{part}") == ""


def test_a_second_run_has_nothing_to_do(repo: Path, git: Git) -> None:
    split(repo, "--in-place")
    git(repo, "add", "-A")
    git(repo, "commit", "-qm", "Split")
    done = codemod(repo, *SPLIT, "--in-place")
    assert (done.returncode, git(repo, "status", "--porcelain")) == (0, "")


def test_a_module_that_is_not_there_is_told(repo: Path) -> None:
    done = codemod(repo, "run", "split-module", "--module", "shop/none.py")
    assert done.returncode == 2
    assert "shop/none.py" in done.stderr


def test_nothing_is_written_where_a_line_stands_in_the_way(repo: Path, git: Git) -> None:
    (repo / "shop" / "prices.py").write_text(MODULE + "\n\ndef names():\n    return list(globals())\n")
    done = codemod(repo, "run", "split-module", "--module", "shop/prices.py", "--in-place", "--unsafe", "--verbose")
    assert git(repo, "status", "--porcelain").strip() == "M shop/prices.py"
    assert "shop/prices.py:53" in done.stderr + done.stdout
    assert "globals()" in done.stderr + done.stdout


def test_the_report_says_how_much_moved(repo: Path) -> None:
    done = split(repo)
    assert "definitions moved unchanged: 8 " in done.stderr + done.stdout


# ---- history -------------------------------------------------------------------------------------


def revisions(repo: Path, git: Git) -> list[str]:
    return git(repo, "rev-list", "--reverse", "codemod/split-module", "^main").split()


@pytest.mark.parametrize(("commits", "count"), [("one", 1), ("two", 2), ("parts", 3)])
def test_the_package_is_imported_after_each_commit(repo: Path, git: Git, commits: str, count: int) -> None:
    split(repo, "--commits", commits)
    found = revisions(repo, git)
    assert len(found) == count
    for revision in found:
        git(repo, "checkout", "-q", revision)
        assert python(repo, "from shop import prices; print(prices.convert(prices.Price(2)).amount)") == "5\n"


def test_the_last_commit_has_the_same_files_whatever_the_way(repo: Path, git: Git) -> None:
    trees = set()
    for commits in ("one", "two", "parts"):
        split(repo, "--commits", commits, "--branch", f"b-{commits}")
        trees.add(git(repo, "rev-parse", f"b-{commits}^{{tree}}"))
    assert len(trees) == 1


def blamed(repo: Path, git: Git, *flags: str) -> dict[str, int]:
    """How many lines of the parts each commit has, by its subject."""
    found: dict[str, int] = {}
    for part in PARTS:
        text = git(repo, "blame", "--line-porcelain", *flags, "codemod/split-module", "--", f"shop/prices/{part}.py")
        for line in text.splitlines():
            if line.startswith("summary "):
                found[line[8:]] = found.get(line[8:], 0) + 1
    return found


def test_git_finds_the_old_lines_of_a_copy_that_is_cut(repo: Path, git: Git) -> None:
    split(repo, "--commits", "two")
    found = blamed(repo, git)
    assert found["Say it otherwise"] == 1
    old = sum(count for subject, count in found.items() if "Split" not in subject)
    assert old >= 35
    for part in PARTS:
        log = git(repo, "log", "--follow", "--format=%s", "codemod/split-module", "--", f"shop/prices/{part}.py")
        assert "Say it otherwise" in log.splitlines()


def test_git_finds_the_old_lines_of_one_part_after_the_other(repo: Path, git: Git) -> None:
    split(repo, "--commits", "parts")
    found = blamed(repo, git, "-C", "-C20")
    assert found["Say it otherwise"] == 1


def test_a_module_that_is_not_there_is_one_line_and_the_code_for_it(make_repo: Make) -> None:
    """No file says its name, so that none would be looked into."""
    done = codemod(make_repo({"shop/prices.py": "RATE = 1\n"}), "run", "split-module", "--module", "shop/pries.py")
    told = "codemod: --module: 'shop/pries.py' is not accepted; the path of a module of the project is needed\n"
    assert (done.returncode, done.stderr) == (2, told)


def test_a_module_that_cannot_be_read_is_one_line_and_the_code_for_it(make_repo: Make) -> None:
    repo = make_repo({"shop/prices.py": "RATE = 1\n\ndef one(:\n    pass\n"})
    done = codemod(repo, "run", "split-module", "--module", "shop/prices.py")
    told = "'shop/prices.py' is not accepted; a module that can be read is needed: line 3, invalid syntax\n"
    assert (done.returncode, done.stderr) == (2, f"codemod: --module: {told}")


def test_a_split_that_is_refused_is_told_as_not_done(make_repo: Make) -> None:
    repo = make_repo({"m.py": "def one():\n    return globals()\n\n\ndef two():\n    return 2\n"})
    done = codemod(repo, "run", "split-module", "--module", "m.py")
    assert (done.returncode, done.stderr[:24]) == (0, "split-module: not done (")


def test_a_module_that_was_split_before_has_nothing_to_do(make_repo: Make) -> None:
    done = codemod(make_repo({"m/__init__.py": "", "m/_a.py": ""}), "run", "split-module", "--module", "m.py")
    assert (done.returncode, done.stderr[:27]) == (0, "split-module: nothing to do")


def test_who_imports_the_package_again_has_new_parts(make_repo: Make) -> None:
    code = """
import importlib, os, sys
import m
debug = m.debug
os.environ["DEBUG"] = "1"
assert importlib.reload(m) is m
assert m.debug() == debug() == m.DEBUG == "1", m.DEBUG
os.environ["DEBUG"] = "2"
del sys.modules["m"]
import m as new
assert new is not m and new.debug() == new.DEBUG == "2" and m.debug() == "1"
"""
    module = 'import os\n\nDEBUG = os.getenv("DEBUG", "0")\n\n\ndef debug():\n    return DEBUG\n\n\ndef loud():\n    return 1\n'
    layout = '[[part]]\nname = "a"\ndefs = ["DEBUG", "debug"]\n\n[[part]]\nname = "b"\ndefs = ["loud"]\n'
    repo = make_repo({"m.py": module, "layout.toml": layout, "test_m.py": code})
    split_ = ("run", "split-module", "--module", "m.py", "--layout", "layout.toml", "--in-place")
    assert codemod(repo, *split_).returncode == 0
    assert python(repo, code) == ""
    assert (repo / "m" / "_a.py").exists()

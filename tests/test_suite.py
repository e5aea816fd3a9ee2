"""What codemods/facts/suite.py says pytest collects, compared with what pytest collects."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from codemods.engine.known import Project
from codemods.engine.source import Source
from codemods.facts.suite.build import build
from codemods.facts.suite.resolve import Suite
from codemods.facts.suite.scan import scan

FILES = {
    "pytest.ini": "[pytest]\npython_classes = Test *Suite\n",
    "conftest.py": "collect_ignore = ['tests/ignored.py']\ncollect_ignore_glob = ['tests/skip_*']\n",
    "tests/__init__.py": "",
    "tests/base.py": """
import abc
import unittest

import pytest


@pytest.mark.outer
class Base:
    def test_base(self): ...
    def test_replaced(self): ...
    class TestInner:
        def test_inner(self): ...


class WithInit:
    def __init__(self): ...


class Off:
    __test__ = False
    def test_off(self): ...


class Case(unittest.TestCase):
    def test_case(self): ...


class Abstract(abc.ABC):
    @abc.abstractmethod
    def make(self): ...
    def test_made(self): ...


class TestElsewhere:
    def test_elsewhere(self): ...


def test_imported(): ...
def helper(): ...
""",
    "tests/star.py": "def test_starred(): ...\nclass TestStarred:\n    def test_m(self): ...\n",
    "tests/test_a.py": """
import dataclasses
import enum
import sys
import pytest

from .base import Abstract, Base, Case, Off, TestElsewhere, WithInit, test_imported
from .base import helper as test_renamed
from .star import *

pytestmark = pytest.mark.module


def test_plain(): ...
def testless(): ...
def tes(): ...
def test_off(): ...
test_off.__test__ = False


@pytest.fixture
def test_is_a_fixture(): ...


class TestSub(Base):
    def test_own(self): ...
    def test_replaced(self): ...


class TestMultiple(Base, Case): ...
class TestWithInit(WithInit):
    def test_m(self): ...
class TestOff(Off):
    def test_m(self): ...
class TestOnAgain(Off):
    __test__ = True
    def test_m(self): ...
class Other(Case):
    def test_other(self): ...
    def testing(self): ...
    class TestInner:
        def test_inner(self): ...
class TestAbstract(Abstract): ...
class TestConcrete(Abstract):
    def make(self): ...
class LoginSuite:
    def test_m(self): ...
    @staticmethod
    def test_static(): ...
    @classmethod
    def test_class(cls): ...
class Login:
    def test_m(self): ...
class Named:
    __test__ = True
    def test_m(self): ...
@dataclasses.dataclass
class TestData:
    x: int = 1
    def test_m(self): ...
class TestColor(enum.Enum):
    RED = 1
    def test_m(self): ...
class TestNew:
    def __new__(cls): return object.__new__(cls)
    def test_m(self): ...


if sys.version_info > (3,):
    def test_conditional(): ...
try:
    class TestTried:
        def test_m(self): ...
except Exception:
    pass
""",
    "tests/b_test.py": "__test__ = False\ndef test_b(): ...\n",
    "tests/ignored.py": "",
    "tests/skip_test.py": "def test_s(): ...\n",
    "tests/skip_me/test_s.py": "def test_s(): ...\n",
    "tests/build/test_c.py": "def test_c(): ...\n",
    "tests/helper.py": "def test_h(): ...\n",
}


def suite() -> Suite:
    texts = {"pytest.ini": FILES["pytest.ini"]}
    project = Project(paths=tuple(p for p in FILES if p.endswith(".py")), texts=texts)
    return build({p: scan(Source(p, FILES[p].encode())) for p in project.paths}, project)


def test_collects_what_pytest_collects(tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", "-W", "ignore"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    expected = {line for line in run.stdout.splitlines() if "::" in line}
    found = suite()
    assert {item.nodeid for path in found.files for item in found.items(path)} == expected
    assert len(expected) > 25


def test_marks_reach_a_test_through_bases_and_modules() -> None:
    (item,) = [i for i in suite().items("tests/test_a.py") if i.nodeid.endswith("TestSub::TestInner::test_inner")]
    assert {m.name for m in item.marks} == {"outer", "module"}
    assert item.where == "tests/base.py"

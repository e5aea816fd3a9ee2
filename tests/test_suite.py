"""What codemods/facts/suite/ says pytest collects and gives to each test, compared with what pytest itself says."""

from __future__ import annotations

from pathlib import Path

from codemods.engine import golden
from tests.suite_oracle import Files, Tests, collected, modelled, suite_of, theirs

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
from . import base as bases
from .base import helper as test_renamed
from .star import *

pytestmark = pytest.mark.module


def test_plain(): ...
test_again = test_plain
test_far = bases.helper
TestFar = bases.Base
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


RESOLVED = {
    "pytest.ini": "[pytest]\nusefixtures = site\npython_files = test_*.py check_*.py\naddopts = -p plug.extra\n",
    "conftest.py": "import pytest\npytest_plugins = ['plug.base']\n\n@pytest.fixture\ndef site(): ...\n\n@pytest.fixture\ndef client(db): ...\n",
    "plug/__init__.py": "",
    "plug/base.py": "import pytest\n\n@pytest.fixture\ndef db(): ...\n\n@pytest.fixture\ndef remote(client, db): ...\n",
    "plug/extra.py": "from pytest import fixture as f\n\n@f(name='named')\ndef whatever(remote): ...\n",
    "t/__init__.py": "",
    "t/helpers.py": "import functools\nimport pytest\n\nsession = functools.partial(pytest.fixture, scope='session')\n\n@pytest.fixture\ndef db(db): ...\n\ndef test_shared(db, client): ...\n\nclass Base:\n    @pytest.fixture\n    def own(self, db): ...\n    def test_base(self, own, client): ...\n",
    "t/conftest.py": "from .helpers import session\n\n@session()\ndef wide(): ...\n\n@session\ndef client(client, wide): ...\n",
    "t/test_star.py": "from t.helpers import *\n\ndef test_a(db, named, wide): ...\n",
    "t/test_alias.py": "import pytest\nfrom t.helpers import db as database, Base, test_shared\n\ndef test_a(database, db): ...\n\nclass TestB(Base):\n    def test_b(self, own): ...\n\nclass TestC(TestB):\n    @pytest.fixture\n    def own(self, own_dep): ...\n    @pytest.fixture\n    def own_dep(self): ...\n    class TestIn:\n        def test_in(self, own): ...\n",
    "t/a/__init__.py": "",
    "t/a/conftest.py": "import pytest\n\n@pytest.fixture(autouse=True)\ndef watch(db): ...\n\nif True:\n    @pytest.fixture\n    def db(): ...\n",
    "t/a/test_uses.py": "import pytest\nfrom unittest.mock import patch\n\npytestmark = [pytest.mark.usefixtures('named')]\n\n@pytest.mark.usefixtures('remote')\nclass TestK:\n    @staticmethod\n    def test_s(db): ...\n    @patch('os.path')\n    def test_p(self, path, wide, x=1, *, client): ...\n\ndef helper(db): ...\n\nclass NotCollected:\n    def test_n(self, db): ...\n\nclass TestInit:\n    def __init__(self): ...\n    def test_n(self, db): ...\n",
    "t/a/check_more.py": "import pytest\n\ndb = pytest.fixture(lambda: 1)\n\n@pytest.fixture\ndef client(): ...\n\nsame = client\n\ndef test_m(same, client, remote): ...\n",
    "t/a/conftest_old.py": "import pytest\n\n@pytest.fixture\ndef db(): ...\n",
    "t/a/b/test_deep.py": "import unittest\nimport pytest\n\n@pytest.fixture\ndef db(db): ...\n\nclass TestU(unittest.TestCase):\n    @pytest.fixture(autouse=True)\n    def _in(self, db): ...\n    def test_u(self): ...\n\ndef test_d(db, remote): ...\n\nclass TestX:\n    @pytest.fixture\n    def db(self, db): ...\n    def test_x(self, db): ...\n    def test_named(self, named): ...\n",
}  # fmt: skip

# every way that a fixture may be hidden, overridden, handed on, or asked for
SHAPES = {
    "pytest.ini": "[pytest]\nusefixtures = site\naddopts = -p plug.last\npythonpath = .\n",
    "conftest.py": """
import pytest
from fixtures.renamed import original as handed_on
from fixtures.starred import *
pytest_plugins = ["plug.first", "plug.second"]
NAME = "by_constant"

@pytest.fixture
def site(): ...
@pytest.fixture
def db(): ...
@pytest.fixture(name=NAME)
def whatever(db): ...
@pytest.fixture(autouse=True)
def everywhere(site): ...
""",
    "fixtures/__init__.py": "",
    "fixtures/renamed.py": "import pytest\n\n@pytest.fixture\ndef original(db): ...\n",
    "fixtures/starred.py": "from .deeper import *\nfrom .listed import *\n",
    "fixtures/deeper.py": "import pytest\n\n@pytest.fixture\ndef deep(db): ...\n\n@pytest.fixture\ndef _hidden(): ...\n",
    "fixtures/listed.py": "import pytest\n__all__ = ['_shown']\n\n@pytest.fixture\ndef _shown(): ...\n\n@pytest.fixture\ndef unlisted(): ...\n",
    "plug/__init__.py": "",
    "plug/first.py": "import pytest\npytest_plugins = 'plug.inner'\n\n@pytest.fixture\ndef over(): ...\n\n@pytest.fixture\ndef db(): ...\n",
    "plug/second.py": "import pytest\n\n@pytest.fixture\ndef over(over): ...\n",
    "plug/inner.py": "import pytest\n\n@pytest.fixture\ndef inner(over): ...\n",
    "plug/last.py": "import pytest\n\n@pytest.fixture\ndef over(): ...\n\n@pytest.fixture\ndef last(over, inner): ...\n",
    "t/__init__.py": "import pytest\n\n@pytest.fixture\ndef of_package(): ...\n\n@pytest.fixture\ndef db(): ...\n",
    "t/conftest.py": """
import pytest

@pytest.fixture
def db(db): ...

@pytest.fixture
def twice_a(): ...

class Holder:
    @pytest.fixture
    def in_a_class(self): ...

try:
    @pytest.fixture
    def tried(): ...
except Exception: ...

with open(__file__):
    @pytest.fixture
    def within(): ...
""",
    "t/base.py": """
import unittest
import pytest

class Root:
    @pytest.fixture(autouse=True)
    def set_up(self, own): ...
    @pytest.fixture
    def own(self, db): ...
    def test_root(self, own): ...

class Hidden(Root):
    def own(self): ...

class Nulled(Root):
    own = None

class Mixin:
    @pytest.fixture
    def mixed(self, db): ...

class Nested(Root):
    class TestIn:
        @pytest.fixture
        def innermost(self, own): ...
        def test_in(self, innermost, db): ...

@pytest.mark.usefixtures("inner")
class Case(unittest.TestCase):
    @pytest.fixture(autouse=True)
    def prepared(self, db): ...
    def test_case(self): ...

class Static:
    @staticmethod
    @pytest.fixture
    def static(db): ...
    @classmethod
    def make(cls): ...

@pytest.fixture
def elsewhere(): ...

def test_handed_over(db, over): ...
""",
    "t/deep/__init__.py": "",
    "t/deep/conftest.py": "import pytest\n\n@pytest.fixture\ndef db(db, over): ...\n\n@pytest.fixture(autouse=True)\ndef watch(db): ...\n",
    "t/deep/test_all.py": """
import pytest
from functools import partial
from t.base import Case, Hidden, Mixin, Nested, Nulled, Root, Static, elsewhere as there, test_handed_over

pytestmark = [pytest.mark.usefixtures("last"), pytest.mark.usefixtures("within", "tried")]
wide = partial(pytest.fixture, scope="session")
quiet = pytest.fixture(autouse=False)
loud = pytest.fixture(autouse=True)

@pytest.fixture
def db(db): ...
@pytest.fixture
def db(db, deep): ...
@wide(name="named")
def under_another_name(): ...
@quiet
def asked_for(named): ...
@loud
def unasked(): ...
@pytest.fixture(name="same")
def a_first(): ...
@pytest.fixture(name="same")
def b_second(db): ...
@pytest.fixture(name="twins")
def z_twin(): ...
@pytest.fixture(name="twins")
def y_twin(): ...
@pytest.fixture(params=[1, 2])
def cases(request, db): ...
same_thing = asked_for

def test_plain(db, there, handed_on, deep, _shown): ...
def test_names(by_constant, same, twins, same_thing): ...
def test_not(of_package=1): ...
@pytest.mark.parametrize("db", [1])
def test_filled(db, deep): ...
@pytest.mark.parametrize("cases", [1], indirect=True)
def test_through(cases): ...
@pytest.mark.parametrize("x, db", [(1, 2)], indirect=["db"])
def test_half(x, db): ...
@pytest.mark.parametrize(("named"), ["a"])
class TestClassFilled:
    def test_one(self, asked_for, named): ...
    def test_two(self, cases, named): ...

class TestRoot(Root):
    @pytest.fixture
    def db(self, db): ...
class TestHidden(Hidden): ...
class TestNulled(Nulled): ...
class TestMixed(Mixin, Root):
    def test_mixed(self, mixed): ...
    @pytest.fixture
    def own(self, own, mixed): ...
class TestNested(Nested):
    @pytest.fixture
    def own(self): ...
class TestCaseHere(Case):
    def test_more(self): ...
class TestStatic(Static):
    def test_static(self, static): ...
class TestOuter:
    @pytest.fixture(autouse=True)
    def outermost(self, db): ...
    @pytest.fixture
    def shared(self): ...
    class TestInner:
        @pytest.fixture
        def shared(self, shared): ...
        def test_inner(self, shared): ...
        class TestInnermost:
            def test_innermost(self, shared, db): ...
@pytest.mark.usefixtures("tried")
class TestMarked:
    pytestmark = pytest.mark.usefixtures("within", "deep")
    @pytest.mark.usefixtures("there")
    def test_marked(self): ...
if True:
    class TestConditional:
        def test_conditional(self, db): ...
""",
    "t/deep/test_star.py": "from t.base import *\n\ndef test_here(elsewhere): ...\n",
    "t/test_late_star.py": "import pytest\n\n@pytest.fixture\ndef elsewhere(): ...\n\ndef test_here(elsewhere): ...\n",
    "u/test_top.py": "def test_top(db, over, last): ...\n",
    "u/conftest.py": "from t.conftest import db\n",
}

GOLDEN = Path(__file__).parent.parent / "golden"
OTHERWISE = {  # what pytest says here and now is not the point of the case, or depends on the run
    "a_factory_of_fixtures_is_followed": "the place is that of the function that the factory makes",
    "a_fixture_follows_where_a_class_or_function_imports_pytest": "the same, and of the function that is handed over",
    "a_hook_that_generates_tests_needs_a_look": "a hook fills the parameter",
    "a_mark_built_from_what_is_handed_in_blocks": "not followed",
    "a_name_that_is_taken_on_some_runs_only": "a condition",
    "a_published_plugins_fixture_is_never_renamed": "the plugin is not installed",
    "an_assigned_fixture_is_a_definition": "the place is that of the function that is handed over",
    "a_projects_own_decorator_and_an_assignment_are_reported": "the same",
    "usefixtures_in_the_configuration_goes_along": "-k leaves the test out",
    "all_marks_outside_testpaths_too": "testpaths that there are none of",
    "reports_tests_that_are_assignments": "no function",
    "tests_that_no_python_of_the_project_defines": "reported, were it to run",
    "the_projects_own_plugin_gives_what_it_defines_and_no_more": "the plugin is not installed",
    "what_a_conftest_ignores_on_some_runs": "a condition",
    "a_sync_test_that_is_collected_on_some_runs_counts": "a condition",
}


def encoded(files: dict[str, str]) -> Files:
    return {path: text.encode() for path, text in files.items()}


def differences(files: Files, said: Tests) -> list[str]:
    """The tests of which the model says something else than pytest."""
    mine, other = modelled(suite_of(files), files), theirs(said)
    return [f"{t}: {mine.get(t)}, not {other.get(t)}" for t in sorted({*mine, *other}) if mine.get(t) != other.get(t)]


def test_collects_and_resolves_as_pytest_does(tmp_path: Path) -> None:
    projects = {"collect": encoded(FILES), "resolve": encoded(RESOLVED), "shapes": encoded(SHAPES)}
    found = collected(tmp_path, projects)
    counts = []
    for name, files in projects.items():
        said = found[name]
        assert said is not None, name
        assert differences(files, said) == []
        counts.append(len(said))
    assert sum(counts) > 70


def test_agrees_with_pytest_about_the_golden_cases(tmp_path: Path) -> None:
    projects: dict[str, Files] = {}
    for codemod in ("fixture_rename", "asyncio_mark", "async_fixture", "fixture_scope", "mark_slow", "async_mock"):
        cases = {f"{codemod}-{w.stem}": golden.load_case(w).before for w in golden.cases(GOLDEN / codemod)}
        projects |= {name: files for name, files in cases.items() if len(files) > 2}  # each costs a run of pytest
    tests = 0
    for name, said in collected(tmp_path, projects).items():
        if said is None or name.partition("-")[2] in OTHERWISE:  # the former need a plugin that is not installed
            continue
        if len(suite_of(projects[name]).configs.found) < 2:  # else it depends on where pytest is started
            assert differences(projects[name], said) == [], name
            tests += len(said)
    assert tests > 200


def test_marks_reach_a_test_through_bases_and_modules() -> None:
    items = suite_of(encoded(FILES)).items("tests/test_a.py")
    (item,) = [i for i in items if i.nodeid.endswith("TestSub::TestInner::test_inner")]
    assert {m.name for m in item.marks} == {"outer", "module"}
    assert item.where == "tests/base.py"

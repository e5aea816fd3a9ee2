"""Fixtures are resolved as pytest resolves them: the same project, asked of pytest itself and of the facts."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from codemods.engine.known import Project
from codemods.engine.names import Names
from codemods.engine.source import Source
from codemods.engine.tokens import Tokens
from codemods.facts.suite.build import build
from codemods.facts.suite.collect import Item
from codemods.facts.suite.resolve import Suite
from codemods.facts.suite.scan import scan

RECORDER = """
import inspect, json, os

def pytest_collection_finish(session):
    found = {}
    for item in session.items:
        info = item._fixtureinfo
        found[item.nodeid.partition("[")[0]] = {
            name: place(defs[-1].func) for name, defs in info.name2fixturedefs.items() if name not in item_params(item)
        }
    with open("found.json", "w") as out:
        json.dump(found, out)

def item_params(item):
    spec = getattr(item, "callspec", None)
    return {n for n in spec.params if n in getattr(item.function, "direct", ())} if spec else ()

def place(function):
    function = inspect.unwrap(getattr(function, "__func__", function))
    path = os.path.relpath(function.__code__.co_filename)
    return path + "::" + function.__qualname__
"""

PROJECT = {
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


def suite_of(files: Mapping[str, str]) -> Suite:
    sources = {p: Source(p, t.encode()) for p, t in files.items() if p.endswith(".py")}
    texts = {p: t for p, t in files.items() if not p.endswith(".py")}
    return build({p: scan(s) for p, s in sources.items()}, Project(paths=tuple(sources), texts=texts))


def closure(suite: Suite, item: Item) -> dict[str, str]:
    """What each name of a test's closure means, by the definition that wins."""
    stack = [*suite.fixtures.autouse(item), *item.requests]
    found: dict[str, str] = {}
    while stack:
        name = stack.pop()
        known = suite.fixtures.visible(name, item.chain)
        if known and name not in found:
            found[name] = known[0].place
            stack += [r for k in known for r in k.requests]
    return found


def test_pytest_agrees(tmp_path: Path) -> None:
    for path, text in {**PROJECT, "recorder.py": RECORDER}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    command = [sys.executable, "-m", "pytest", "-q", "--collect-only", "-p", "recorder", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (tmp_path / "found.json").exists(), done.stdout + done.stderr
    expected = json.loads((tmp_path / "found.json").read_text())
    suite = suite_of(PROJECT)
    items = {item.nodeid: item for path in suite.files for item in suite.items(path)}
    assert sorted(items) == sorted(expected)
    for test, names in expected.items():
        mine = {name: _function(place) for name, place in closure(suite, items[test]).items()}
        theirs = {n: p for n, p in names.items() if not p.startswith("..") and "<lambda>" not in p}
        assert {n: mine.get(n) for n in theirs} == theirs, test


def _function(place: str) -> str:
    """`t/a/conftest.py:8` as `t/a/conftest.py::db`."""
    path, _, line = place.rpartition(":")
    source = Source(path, PROJECT[path].encode())
    return f"{path}::{source.qualname_at(source.line_starts[int(line) - 1] + 4)}"


@pytest.mark.parametrize(
    ("signature", "requests"),
    [
        pytest.param("def test_a(db, x)", ("db", "x"), id="parameters"),
        pytest.param("def test_a(x, /, db)", ("db",), id="positional only"),
        pytest.param("def test_a(db=1, *, x, y=2)", ("x",), id="defaults"),
        pytest.param("def test_a(*db, **x)", (), id="variadic"),
        pytest.param("@patch('a')\n@patch.object(b, 'c')\ndef test_a(x, y, db)", ("db",), id="patch"),
        pytest.param(
            "@patch('a', 1)\n@patch('a', new=1)\n@patch('a', DEFAULT)\ndef test_a(x, db)",
            ("db",),
            id="patch with new",
        ),
        pytest.param(
            "@patch.multiple('a', b=DEFAULT)\n@patch.dict('a')\ndef test_a(b)", ("b",), id="patch that fills none"
        ),
        pytest.param("@given(st.x())\ndef test_a(db, n)", ("db",), id="given from the right"),
        pytest.param("@given(n=st.x())\ndef test_a(n, db)", ("db",), id="given by name"),
        pytest.param("@pytest.mark.parametrize('a, n', [])\ndef test_a(a, n, db)", ("db",), id="parametrize"),
        pytest.param(
            "@pytest.mark.parametrize(['n', 'db'], [], indirect=['db'])\ndef test_a(n, db)", ("db",), id="indirect"
        ),
        pytest.param(
            "NAMES = 'n', 'm'\n@pytest.mark.parametrize(NAMES, [])\ndef test_a(n, m, db)",
            ("db",),
            id="names in a variable",
        ),
    ],
)
def test_requests(signature: str, requests: tuple[str, ...]) -> None:
    header = (
        "import pytest\nfrom unittest.mock import DEFAULT, patch\nfrom hypothesis import given, strategies as st\n"
    )
    file = scan(Source("test_x.py", f"{header}{signature}: ...\n".encode()))
    assert file.tests[0].requests == requests


def test_scopes_tell_every_token_apart() -> None:
    text = (
        "def f(db):\n"
        "    def g(x=db): return db\n"
        "    class K:\n        db = db\n        def m(self): return db\n"
        "    [db for db in db if db]\n"
        "    def h():\n        global db\n        return db\n"
        "    return lambda db=db: db\n"
        "db = 1\n"
    )
    tokens = Tokens(Names(Source("x.py", text.encode())), {"db"})
    where = [
        getattr(t.target.node, "name", type(t.target.node).__name__) if t.target else None for t in tokens.tokens
    ]
    assert where == [
        "f",
        "f",
        "f",
        "K",
        "K",
        "f",
        "f",
        "ListComp",
        "ListComp",
        "ListComp",
        "Module",
        "Module",
        "f",
        "Lambda",
        "Lambda",
        "Module",
    ]

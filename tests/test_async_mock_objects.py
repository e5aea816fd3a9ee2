"""What async-mock takes an object of a test for: what was assigned to an attribute, and the fixture that pytest gives."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

import pytest

from codemods.engine import golden

APP = """
class Store:
    async def load(self): return 1
class SyncStore:
    def load(self): return 1
class Manager:
    def __init__(self, store: Store): self.store: Store = store
    async def get(self): return await self.store.load()
"""


def found(files: Mapping[str, str]) -> dict[str, str]:
    """The changed lines, with how safe each is, and the codes of what is left alone."""
    texts = {path: textwrap.dedent(text).lstrip("\n").encode() for path, text in {"app.py": APP, **files}.items()}
    step = golden.run("async-mock", (), texts).step
    parts = [(c.parts[0], str(c.safety)) for c in step.changes]
    lines = {p: t.decode().splitlines() for p, t in texts.items()}
    return {lines[p.path][p.line - 1].strip(): safety for p, safety in parts} | {
        lines[s.path][s.line - 1].strip(): s.code for s in step.skips
    }


HEAD = """
from unittest.mock import AsyncMock, MagicMock, Mock
import pytest
from app import Manager, Store, SyncStore
"""
CONFIGURED = "manager.store.load.return_value = 2"
SET = "manager.store.load = Mock(return_value=2)"


WAYS = {
    "a plain assignment": "manager = MagicMock(spec=Manager)\n    manager.store = STORE",
    "through a variable": "store = STORE\n    manager = MagicMock(spec=Manager)\n    manager.store = store",
    "by another name": "manager = other = MagicMock(spec=Manager)\n    other.store = STORE",
    "of a real object": "inner = Manager(None)\n    inner.store = STORE\n    manager = inner",
    "by a helper": "manager = made(STORE)",
    "by a helper that gives two": "store, manager = both(STORE)",
}
TESTS = {
    "fixture": "@pytest.fixture\ndef manager():\n    {setup}\n    yield manager\n\n"
    "async def test_load(manager):\n    {line}\n    await manager.get()\n",
    "helper": "def make():\n    {setup}\n    return manager\n\n"
    "async def test_load():\n    manager = make()\n    {line}\n    await manager.get()\n",
    "here": "async def test_load():\n    {setup}\n    {line}\n    await manager.get()\n",
    "argument": "def check(manager):\n    {line}\n\n"
    "async def test_load():\n    {setup}\n    check(manager)\n    await manager.get()\n",
}
HELPERS = """
def made(store):
    manager = MagicMock(spec=Manager)
    manager.store = store
    return manager

def both(store):
    manager = Manager(None)
    manager.store = store
    return store, manager

"""
STORES = {  # what is said of a configured child, and of one that is replaced
    "AsyncMock()": (None, "safe"),  # its children are async already
    "MagicMock()": ("safe", "safe"),
    "SyncStore()": (None, None),
    "MagicMock(spec=SyncStore)": (None, None),
}


@pytest.mark.parametrize("store", STORES)
@pytest.mark.parametrize(
    ("way", "test"), [*((w, "fixture") for w in WAYS), *(("a plain assignment", t) for t in TESTS)]
)
def test_an_attribute_that_was_assigned_is_that_object(way: str, test: str, store: str) -> None:
    setup = WAYS[way].replace("STORE", store)
    for line, expected in zip((CONFIGURED, SET), STORES[store], strict=True):
        if expected and "helper" in way:
            expected = "unsafe"  # what a helper is given may be something else, too
        text = TESTS[test].format(setup=setup, line=line)
        assert found({"test_app.py": f"{HEAD}{HELPERS}{text}"}).get(line) == expected, line


@pytest.mark.parametrize("store", STORES)
def test_what_a_far_fixture_assigned_is_that_object(store: str) -> None:
    conftest = f"{HEAD}\n@pytest.fixture\ndef manager():\n    made = Manager(None)\n    made.store = {store}\n    return made\n"
    for line, expected in ((CONFIGURED, None), (SET, STORES[store][1])):
        test = f"{HEAD}\nasync def test_load(manager):\n    {line}\n    await manager.get()\n"
        assert found({"conftest.py": conftest, "test_app.py": test}).get(line) == expected, line


def test_what_was_assigned_to_self_or_in_the_class_is_that_object() -> None:
    test = f"""{HEAD}
class Base:
    def setup_method(self):
        self.manager = Manager(None)
        self.manager.store = SyncStore()
class TestLoad(Base):
    store = AsyncMock()
    async def test_load(self):
        self.manager.store.load = Mock(return_value=1)
        self.store.load.return_value = 3
        await self.manager.get()
"""
    assert found({"test_app.py": test}) == {}


FIXTURES = f"""{HEAD}
@pytest.fixture
def store(): return Store()
@pytest.fixture
def manager(store): return store
"""


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ("def test_it(manager): SET", "safe"),
        ("class TestIt:\n    def test_it(self, manager): SET", "safe"),
        ("@pytest.fixture\ndef store(): return SyncStore()\ndef test_it(manager): SET", None),
        ("class TestIt:\n    @pytest.fixture\n    def store(self): return SyncStore()\n"
         "    def test_it(self, manager): SET", None),
        ("class TestIt:\n    @pytest.fixture\n    def manager(self, manager): return SyncStore()\n"
         "    def test_it(self, manager): SET", None),
        ("class TestIt:\n    @pytest.fixture\n    def manager(self, manager): return manager\n"
         "    def test_it(self, manager): SET", "safe"),
        ("@pytest.mark.parametrize('manager', [SyncStore()])\ndef test_it(manager): SET", None),
        ("@pytest.mark.parametrize('store', [SyncStore()])\ndef test_it(manager): SET", None),
        ("from elsewhere import manager\ndef test_it(manager): SET", None),
        ("from elsewhere import *\ndef test_it(manager): SET", None),
        ("from elsewhere import Base\nclass TestIt(Base):\n    def test_it(self, manager): SET", None),
        ("from elsewhere import Base\nclass TestIt(Base):\n    @pytest.fixture\n"
         "    def manager(self): return Store()\n    def test_it(self, manager): SET", "safe"),
        ("class TestIt:\n    @pytest.fixture\n    def manager(self): return SyncStore()\n"
         "    class TestInner:\n        def test_it(self, manager): SET", None),
        ("class TestIt:\n    class TestInner:\n        @pytest.fixture\n        def manager(self): return SyncStore()\n"
         "    def test_it(self, manager): SET", "safe"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("where", ["conftest", "module"])
def test_a_test_gets_the_fixture_that_pytest_gives_it(test: str, expected: str | None, where: str) -> None:
    line = "manager.load = Mock(return_value=2)"
    elsewhere = """
import pytest
from app import SyncStore
class Base:
    @pytest.fixture
    def manager(self): return SyncStore()
@pytest.fixture
def manager(): return SyncStore()
"""
    text = test.replace("): SET", "):\n" + " " * (4 + 4 * test.count("class ") * ("def test_it(self" in test)) + line)
    if where == "module" and "store(): return Sync" in test:
        text = text.replace("def test_it", "@pytest.fixture\ndef manager(store): return store\ndef test_it")
    files = {"conftest.py": FIXTURES, "test_app.py": f"{HEAD}{text}\n", "elsewhere.py": elsewhere}
    if where == "module":
        files |= {"conftest.py": "", "test_app.py": f"{FIXTURES}{text}\n"}
    said = found(files).get(line)
    assert said == expected or (expected is None and said == "M26-two-roles")

"""The monitor of `codemod kb build` records what leaves the callables of a package, and nothing that the tests made up."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from runner.kb import monitor

FILES = {
    "shop/__init__.py": """
from .errors import Missing, Refused
from .orders import *

get = find
""",
    "shop/errors.py": """
class Refused(Exception):
    pass


class Missing(Refused, LookupError):
    pass
""",
    "shop/orders.py": """
import contextlib
import functools
import json
from .errors import Missing


def find(number):
    if number > 10:
        raise Missing(number)
    return number


def quiet(number):
    try:
        return find(number)
    except LookupError:
        return 0


def parse(text):
    return int(text)


def decode(text):
    return json.loads(text)


def each(function, items):
    return [function(item) for item in items]


def lines(text):
    for line in text.split():
        yield int(line)


@contextlib.contextmanager
def opened():
    yield 1


def traced(function):
    @functools.wraps(function)
    def inner(*args):
        return function(*args)

    return inner


@traced
def ship(order):
    order.close()


class Basket(dict):
    def __init__(self, size):
        if size < 0:
            raise ValueError(size)

    def take(self, key):
        return self.pop(key)


def deep():
    return deep()


def never():
    return None
""",
    "tests/test_orders.py": """
import unittest
from unittest import mock

import shop


class Own(Exception):
    pass


class Tests(unittest.TestCase):
    def test_all(self):
        for number in (1, 11, 12):
            shop.quiet(number)
        for text in ("1", "x", "y"):
            try:
                shop.parse(text)
            except ValueError:
                pass
        for text in ("1", "{"):
            try:
                shop.decode(text)
            except ValueError:
                pass

    def test_what_the_tests_make_up(self):
        def refuse(item):
            raise KeyError(item)

        def own(item):
            raise Own(item)

        for function in (refuse, own, int):
            with self.assertRaises(Exception):
                shop.each(function, ["x"])
        order = mock.Mock()
        order.close.side_effect = OSError
        with self.assertRaises(OSError):
            shop.ship(order)

    def test_generators(self):
        with self.assertRaises(ValueError):
            list(shop.lines("1 x"))
        next(shop.lines("1 2")).bit_length()
        with self.assertRaises(IndexError):
            with shop.opened():
                raise IndexError

    def test_classes(self):
        with self.assertRaises(ValueError):
            shop.Basket(-1)
        with self.assertRaises(KeyError):
            shop.Basket(1).take(2)
        with self.assertRaises(RecursionError):
            shop.deep()
        shop.never()
""",
}


def newer_python() -> str:
    """An interpreter that has `sys.monitoring`."""
    places = [sys.executable, *(shutil.which(f"python3.{minor}") for minor in (14, 13, 12))]
    places += [str(path) for path in sorted(Path.home().glob(".pyenv/versions/3.1*/bin/python"), reverse=True)]
    for place in filter(None, places):
        asked = subprocess.run([place, "-c", "import sys; sys.monitoring"], capture_output=True, check=False)
        if asked.returncode == 0:
            return place
    pytest.skip("no Python 3.12 here")


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    root = tmp_path_factory.mktemp("shop")
    for name, text in FILES.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text)
    command = [newer_python(), monitor.__file__, "seen.json", "shop,_json,builtins"]
    ran = subprocess.run(
        [*command, "-m", "unittest", "discover", "tests"], cwd=root, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    found: dict[str, Any] = json.loads((root / "seen.json").read_text())
    return found


@pytest.mark.parametrize(
    ("name", "entered", "raises"),
    [
        ("shop.orders:find", 3, {"shop.errors.Missing": 2}),
        ("shop.orders:quiet", 3, {}),
        ("shop.orders:parse", 3, {"builtins.ValueError": 2}),
        ("shop.orders:decode", 2, {"json.decoder.JSONDecodeError": 1}),
        ("shop.orders:each", 3, {"builtins.ValueError": 1}),  # of int, not what the tests' own functions raised
        ("shop.orders:lines", 2, {"builtins.ValueError": 1}),  # and not the GeneratorExit of the one left alone
        ("shop.orders:opened", 1, {}),  # the IndexError was thrown in
        ("shop.orders:ship", 1, {}),  # a mock said so
        ("shop.orders:Basket.__init__", 2, {"builtins.ValueError": 1}),
        ("shop.orders:Basket.take", 1, {"builtins.KeyError": 1}),
        ("shop.orders:never", 1, {}),
    ],
)
def test_what_leaves_a_python_function(seen: Any, name: str, entered: int, raises: dict[str, int]) -> None:
    found = seen["callables"][name]
    assert (found["c"], found["entered"], found["raises"]) == (False, entered, raises)


def test_a_callable_in_c_is_called_as_cpython_knows_it(seen: Any) -> None:
    assert seen["callables"]["builtins:dict.pop"]["raises"]["builtins.KeyError"] >= 1
    assert seen["callables"]["builtins:int"]["raises"]["builtins.ValueError"] >= 2
    assert seen["callables"]["_json:Scanner.__call__"]["raises"] == {"json.decoder.JSONDecodeError": 1}
    assert seen["callables"]["builtins:int"]["c"]


def test_recursion_is_of_nobody(seen: Any) -> None:
    assert seen["callables"]["shop.orders:deep"]["raises"] == {}


def test_what_the_tests_made_up_is_kept_apart(seen: Any) -> None:
    assert seen["callables"]["shop.orders:each"]["foreign"] == {"builtins.KeyError": 1}
    assert seen["callables"]["shop.orders:ship"]["foreign"] == {"builtins.OSError": 1}
    assert not [name for name in seen["classes"] if name.endswith("Own")]
    assert not [name for name in seen["callables"] if "test" in name and name.startswith("shop")]


def test_classes_have_their_real_bases(seen: Any) -> None:
    assert seen["classes"]["shop.errors.Missing"] == [
        "shop.errors.Refused", "builtins.LookupError", "builtins.Exception", "builtins.BaseException", "builtins.object",
    ]  # fmt: skip
    assert seen["bases"]["shop.errors.Missing"] == ["shop.errors.Refused", "builtins.LookupError"]
    assert seen["bases"]["builtins.LookupError"] == ["builtins.Exception"]


def test_names_lead_to_where_things_are_defined(seen: Any) -> None:
    assert seen["names"]["shop:get"] == "shop.orders:find"
    assert seen["names"]["shop:Missing"] == "shop.errors:Missing"
    assert seen["names"]["shop:ship"] == "shop.orders:ship"


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="this Python has sys.monitoring")
def test_an_older_python_is_told_what_is_needed(tmp_path: Path) -> None:
    command = [sys.executable, monitor.__file__, str(tmp_path / "seen.json"), "shop", "-m", "unittest"]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert ran.stderr.startswith("Python 3.12 or newer is needed to watch a suite; this is 3.11")


def test_a_method_in_c_belongs_to_the_class_that_defines_it() -> None:
    """`socket.socket` is a class in Python above one in C of the same name."""
    seen = monitor.Monitor({"socket", "_socket"})
    with socket.socket() as one:
        assert seen.c_name(one.fileno) == "_socket:socket.fileno"
        assert seen.c_name(socket.socket.getsockname) == "_socket:socket.getsockname"

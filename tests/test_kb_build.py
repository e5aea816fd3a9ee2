"""`codemod kb build`: each source by itself, put together, and the command from end to end."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from codemods.engine.source import Source
from codemods.engine.values import Skip
from runner.errors import UsageError
from runner.kb import documented, missing, weak
from runner.kb.build import Ground
from runner.kb.documented import Documented, Told
from runner.kb.flowing import flowed
from runner.kb.observed import Observation, Seen, merged
from runner.kb.others import error
from runner.kb.places import Places
from runner.kb.raised import raised
from runner.kb.weak import Weak
from tests.command import codemod
from tests.test_kb_monitor import FILES, newer_python

BASES = {
    "builtins.BaseException": ("builtins.object",),
    "builtins.Exception": ("builtins.BaseException",),
    "builtins.Warning": ("builtins.Exception",),
    "builtins.TypeError": ("builtins.Exception",),
    "builtins.ValueError": ("builtins.Exception",),
    "builtins.KeyError": ("builtins.Exception",),
    "builtins.OSError": ("builtins.Exception",),
    "builtins.FileNotFoundError": ("builtins.OSError",),
    "builtins.PermissionError": ("builtins.OSError",),
    "builtins.TimeoutError": ("builtins.OSError",),
    "builtins.NotImplementedError": ("builtins.Exception",),
    "lib._errors.Bad": ("builtins.ValueError",),
}


def ground(
    callables: Mapping[str, Seen] | None = None,
    names: Mapping[str, str] | None = None,
    raised: Mapping[str, set[str]] | None = None,
    told: Mapping[str, Told] | None = None,
    said: Mapping[tuple[str, str], Mapping[str, bool]] | None = None,
    types: Mapping[str, Any] | None = None,
    flow: Mapping[str, set[str]] | None = None,
    reaching: Mapping[str, set[str]] | None = None,
    plain: bool = True,
) -> Ground:
    """What is known of a library `lib`."""
    given = {"lib:Bad": "lib._errors:Bad"} if names is None else names
    return Ground(
        observation=Observation(python="3.13.0", callables=callables or {}, bases=BASES, names=given),
        raised=raised or {},
        flowed=flow or {},
        reaching=reaching or {},
        simple=frozenset(flow or {}) if plain else frozenset(),
        documented=Documented(told or {}),
        weak=[Weak(tool="raiseattention", version="1", licence="MIT", entries=said)] if said else [],
        types=types or {},
    )


def raises(found: Ground, module: str = "lib", name: str = "f") -> Any:
    return found.modules().get(module, {}).get("callables", {}).get(name, {}).get("raises")


# ---- evidence --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (Seen(9, {"builtins.ValueError": 4}), {"builtins.ValueError": "o4"}),
        (Seen(9, {"builtins.ValueError": 4, "builtins.KeyError": 1}), {"builtins.ValueError": "o4"}),
        (Seen(9, {"lib._errors.Bad": 2}), {"lib.Bad": "o2"}),
        (Seen(9), {}),
        (Seen(9, {"builtins.KeyError": 1}), None),  # a slip, or the only one of many that the tests made
        (Seen(9, {"builtins.TypeError": 1}), {}),  # called with something else
        (Seen(1), None),  # once is no evidence that nothing comes
        (Seen(2, {"builtins.Warning": 2}), {}),  # a filter made an exception of it
        (
            Seen(9, {"builtins.FileNotFoundError": 2, "builtins.PermissionError": 2}),
            {"builtins.FileNotFoundError": "o2", "builtins.OSError": "d", "builtins.PermissionError": "o2"},
        ),
        (Seen(9, {"builtins.FileNotFoundError": 2}), {"builtins.FileNotFoundError": "o2", "builtins.OSError": "d"}),
        (Seen(9, {"builtins.TimeoutError": 2}), {"builtins.TimeoutError": "o2"}),  # not only the system waits
        (Seen(9, {"builtins.NotImplementedError": 4}), None),  # for a subclass to define
    ],
)
def test_what_was_seen_is_evidence(seen: Seen, expected: Any) -> None:
    assert raises(ground({"lib:f": seen})) == expected


def test_what_a_function_itself_raises_is_no_refusal_of_the_system() -> None:
    seen = {"lib:f": Seen(9, {"builtins.FileNotFoundError": 2})}
    stated = {"lib:f": {"builtins.FileNotFoundError"}}
    assert raises(ground(seen, raised=stated)) == {"builtins.FileNotFoundError": "o2 r"}


def test_what_was_seen_once_counts_with_a_second_source() -> None:
    seen = {"lib:f": Seen(9, {"builtins.KeyError": 1})}
    assert raises(ground(seen, raised={"lib:f": {"builtins.KeyError"}})) == {"builtins.KeyError": "o1 r"}
    assert raises(ground(seen, told={"lib:f": Told(("builtins.KeyError",))})) == {"builtins.KeyError": "o1 d"}
    other = ground(seen, told={"lib:f": Told(("builtins.ValueError",))})
    assert raises(other) == {"builtins.ValueError": "d"}
    exact = {("lib", "f"): {"KeyError": True}}
    assert raises(ground(seen, said=exact)) == {"builtins.KeyError": "o1 xr"}
    likely = {("lib", "f"): {"KeyError": False}}
    assert raises(ground(seen, said=likely)) is None


def test_a_raise_statement_alone_says_nothing_of_what_callees_raise() -> None:
    assert raises(ground(raised={"lib:f": {"builtins.KeyError"}})) is None


@pytest.mark.parametrize(
    ("seen", "flow", "expected"),
    [
        (None, {"builtins.KeyError", "lib.Bad"}, {"builtins.KeyError": "f", "lib.Bad": "f"}),
        (None, set(), {}),
        (Seen(1), {"builtins.KeyError"}, {"builtins.KeyError": "f"}),
        (Seen(9), {"builtins.KeyError"}, {}),  # it takes no notice of values
        (
            Seen(90),
            {"builtins.KeyError", "builtins.OSError"},
            {"builtins.OSError": "f"},
        ),  # the system may refuse any day
        (Seen(90), {"builtins.ValueError"}, {}),
        (Seen(9, {"builtins.KeyError": 1}), {"builtins.KeyError"}, {"builtins.KeyError": "o1 f"}),
        (Seen(9, {"builtins.KeyError": 4}), {"builtins.KeyError"}, {"builtins.KeyError": "o4 f"}),
        (Seen(9, {"builtins.KeyError": 4}), set(), {"builtins.KeyError": "o4"}),
    ],
)
def test_what_the_flow_over_the_source_adds(seen: Seen | None, flow: set[str], expected: Any) -> None:
    assert raises(ground({"lib:f": seen} if seen else {}, flow={"lib:f": flow})) == expected


@pytest.mark.parametrize(
    ("seen", "reaching", "expected"),
    [
        (Seen(9), {"lib.Bad"}, {"lib.Bad": "f"}),  # a class of its own comes from its own statements only
        (Seen(99), {"lib.Bad"}, {}),  # it would have come
        (Seen(99, {"lib._errors.Bad": 4}), {"lib.Bad"}, {"lib.Bad": "o4 f"}),
        (Seen(9), {"builtins.KeyError"}, {}),
        (
            Seen(1, {"builtins.ValueError": 2}),
            {"builtins.KeyError"},
            {"builtins.KeyError": "f", "builtins.ValueError": "o2"},
        ),
        (None, {"lib.Bad"}, None),  # its other callees are not known
    ],
)
def test_what_raise_statements_reach_a_caller_adds(seen: Seen | None, reaching: set[str], expected: Any) -> None:
    assert raises(ground({"lib:f": seen} if seen else {}, reaching={"lib:f": reaching})) == expected


BROAD = {"lib": {"callables": {"f": {}, "C.f": {}, "D.f": {}}, "classes": {"C": {}, "D": {"bases": ["lib.C"]}}}}


@pytest.mark.parametrize(
    ("seen", "stated", "flow", "reaching", "expected"),
    [
        (None, (), None, (), {"lib.Bad": "b"}),
        (Seen(9, {"builtins.ValueError": 4}), (), None, (), {"lib.Bad": "b"}),
        (Seen(9), ("builtins.KeyError",), None, (), {"builtins.KeyError": "r", "lib.Bad": "b"}),
        (None, ("builtins.NotImplementedError",), None, (), {"lib.Bad": "b"}),
        (None, (), None, ("builtins.KeyError",), {"builtins.KeyError": "f", "lib.Bad": "b"}),
        (None, (), None, ("builtins.Exception", "lib.Bad"), {"lib.Bad": "f b"}),
        (None, ("builtins.Exception",), None, (), {"builtins.Exception": "r", "lib.Bad": "b"}),
        (Seen(9), (), set(), (), {}),  # nothing that it calls can
        (None, ("builtins.KeyError",), {"builtins.KeyError"}, (), {"builtins.KeyError": "r f"}),
    ],
)
def test_what_is_said_of_a_whole_library_is_not_all_that_a_function_does(
    seen: Seen | None, stated: tuple[str, ...], flow: set[str] | None, reaching: tuple[str, ...], expected: Any
) -> None:
    found = ground(
        {"lib:f": seen} if seen else {},
        raised={"lib:f": {*stated}},
        told={"lib:*()": Told(("lib.Bad",), whole=True)},
        types=BROAD,
        flow={} if flow is None else {"lib:f": flow},
        reaching={"lib:f": {*reaching}},
    )
    assert raises(found) == expected


def test_what_a_subclass_may_do_is_not_in_the_source_of_the_method_above() -> None:
    told, flow = {"lib:*()": Told(("lib.Bad",), whole=True)}, {"lib:C.f": set[str](), "lib:D.f": set[str]()}
    found = ground(told=told, types=BROAD, flow=flow)
    assert raises(found, name="C.f") == {"lib.Bad": "b"}
    assert raises(found, name="D.f") == {}
    asks = ground(told=told, types=BROAD, flow=flow, plain=False)
    assert raises(asks, name="D.f") == {"lib.Bad": "b"}


PLAIN = """
def one(x):
    return len(x) > 1


def two(x):
    return len(x)


def three(x):
    yield len(x)


class Cls:
    def asks(self):
        if self.one():
            pass

    def above(self):
        x = super().above()

    def given(self):
        self.x = len(self.y)

    @overload
    def several(self, x): ...

    def several(self, x):
        self.one()
"""


def test_functions_of_which_the_flow_knows_all() -> None:
    assert flowed({"lib": Source("lib.py", PLAIN.encode())}).plain == {"lib:one", "lib:Cls.given"}


def test_another_tool_alone_is_no_evidence() -> None:
    said = {("lib", "f"): {"KeyError": True, "ValueError": True}}
    found = ground({"lib:f": Seen(9, {"builtins.KeyError": 2})}, said=said)
    assert raises(found) == {"builtins.KeyError": "o2 xr"}
    [disagreement] = found.disagreements()
    assert disagreement.name == "lib.f"
    assert disagreement.said == {
        "seen": ("builtins.KeyError 2",),
        "raiseattention": ("builtins.KeyError (exact)", "builtins.ValueError (exact)"),
    }


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (Told(("builtins.KeyError",)), {"builtins.KeyError": "d", "builtins.ValueError": "o4"}),
        (Told(("builtins.KeyError",), whole=True), {"builtins.KeyError": "d"}),
        (Told((), whole=True), {}),
        (Told(("lib.Bad",), whole=True), {"lib.Bad": "d"}),
        (Told(open=True), None),
    ],
)
def test_the_documentation_wins(told: Told, expected: Any) -> None:
    assert raises(ground({"lib:f": Seen(9, {"builtins.ValueError": 4})}, told={"lib:f": told})) == expected


@pytest.mark.parametrize(
    ("seen", "said", "total"),
    [
        ({"builtins.KeyError": 3}, {"KeyError": True}, True),
        ({"builtins.KeyError": 3}, {"KeyError": True, "ValueError": True}, False),  # not all of it is kept
        ({"builtins.KeyError": 3, "builtins.ValueError": 1}, {"KeyError": True}, False),  # once is enough against it
        ({"builtins.KeyError": 3}, {"KeyError": True, "Exception": True}, False),
        ({"builtins.KeyError": 3}, {"KeyError": False}, False),
        ({"builtins.KeyError": 3}, {"KeyError": True, "NoSuchError": True}, False),
        ({}, {"KeyError": True}, False),
    ],
)
def test_when_a_list_is_complete(seen: dict[str, int], said: dict[str, bool], total: bool) -> None:
    found = ground({"lib:f": Seen(9, seen)}, said={("lib", "f"): said}).modules()
    assert found["lib"]["callables"]["f"].get("total", False) is total


# ---- places ----------------------------------------------------------------------------------


def test_names_are_those_that_programs_use() -> None:
    names = {
        "lib:f": "_lib:f",
        "lib:g": "lib.core:g",
        "lib:Cls": "_lib:Cls",
        "other:f": "_lib:f",
        "lib:Bad": "lib._errors:Bad",
    }
    places = Places(Observation(names=names, bases=BASES))
    assert places.of("_lib:f") == ("lib", "f")
    assert places.of("lib.core:g") == ("lib.core", "g")  # public where it is defined
    assert places.of("_lib:Cls.method") == ("lib", "Cls.method")
    assert places.cls("lib._errors.Bad") == "lib.Bad"
    assert places.cls("builtins.OSError") == "builtins.OSError"
    assert ("lib", "g", "lib.core.g") in [*places.aliases()]
    assert ("lib._errors", "Bad", "lib.Bad") in [*places.aliases()]


def test_what_stubs_define_keeps_its_place_but_for_exceptions() -> None:
    names = {"lib:Cls": "_lib:Cls", "lib:Bad": "lib._errors:Bad"}
    types = {
        "_lib": {"classes": {"Cls": {}}},
        "lib._errors": {"classes": {"Bad": {"attributes": {"code": "builtins.int*"}}}},
    }
    found = ground({"_lib:Cls.run": Seen(9, {"lib._errors.Bad": 2})}, names=names, types=types)
    modules = found.modules()
    assert modules["_lib"]["callables"]["Cls.run"]["raises"] == {"lib.Bad": "o2"}
    assert modules["lib"]["classes"]["Bad"]["bases"] == ["builtins.ValueError"]
    assert modules["lib._errors"]["aliases"] == {"Bad": "lib.Bad"}


def test_an_instance_is_made_by_init_however_the_class_does_it() -> None:
    types = {"lib": {"classes": {"Cls": {}}}}
    seen = {
        "lib:Cls": Seen(4, {"builtins.KeyError": 2}),
        "lib:Cls.__new__": Seen(3, {"builtins.ValueError": 2}),
        "lib:Cls.__init__": Seen(9),
    }
    assert raises(ground(seen, types=types), name="Cls.__init__") == {
        "builtins.KeyError": "o2", "builtins.ValueError": "o2",
    }  # fmt: skip


def test_a_class_that_an_older_python_lacks_says_which_has_it_first() -> None:
    bases = {**BASES, "lib.New": ("builtins.ValueError",), "lib.Own": ("builtins.Exception",)}
    newest = Observation(python="3.13.0", bases=bases, names={"lib:Bad": "lib._errors:Bad"})
    middle = Observation(python="3.12.1", bases={"lib.Own": ()}, names={"lib:Bad": "lib.errors:Wrong"})
    oldest = Observation(python="3.9.1", bases={"lib.errors.Wrong": ()}, names={"lib:Bad": "lib.errors:Wrong"})
    classes = Ground(observation=newest, older=(oldest, middle)).modules()["lib"]["classes"]
    assert classes["New"] == {"bases": ["builtins.ValueError"], "since": "3.13"}
    assert classes["Own"] == {"bases": ["builtins.Exception"], "since": "3.12"}


def test_a_private_class_is_what_stands_above_it() -> None:
    bases = {**BASES, "lib._core._Slip": ("lib._errors.Bad",)}
    seen = {"lib:f": Seen(9, {"lib._core._Slip": 2})}
    names = {"lib:Bad": "lib._errors:Bad"}
    found = Ground(observation=Observation(python="3.13.0", callables=seen, bases=bases, names=names))
    assert raises(found) == {"lib.Bad": "o2"}


def test_private_callables_are_left_out() -> None:
    found = ground({"lib:_f": Seen(9), "lib._core:g": Seen(9), "lib:Cls._m": Seen(9), "lib:Cls.__len__": Seen(9)})
    assert found.modules()["lib"]["callables"] == {"Cls.__len__": {"raises": {}}}
    assert "lib._core" not in found.modules()


def test_a_method_that_stubs_repeat_raises_what_the_one_above_it_raises() -> None:
    types = {
        "lib": {
            "classes": {"Base": {}, "Sub": {"bases": ["lib.Base"]}},
            "callables": {"Base.get": {}, "Sub.get": {"returns": "builtins.int*"}, "Sub.put": {}},
        }
    }
    found = ground({"lib:Base.get": Seen(9, {"builtins.KeyError": 2})}, types=types).modules()["lib"]["callables"]
    assert found["Sub.get"] == {"returns": "builtins.int*", "raises": {"builtins.KeyError": "o2"}}
    assert "raises" not in found["Sub.put"]
    own = replace(ground({"lib:Base.get": Seen(9)}, types=types), defined=frozenset({"lib:Sub.get"}))
    assert raises(own, name="Base.get") == {}
    assert raises(own, name="Sub.get") is None  # it does something else, of which nothing is known
    own = replace(ground({"lib:Base.get": Seen(9, {"builtins.KeyError": 2})}, types=types), defined=own.defined)
    assert raises(own, name="Sub.get") == {"builtins.KeyError": "o2"}


def test_counts_of_several_runs_are_added() -> None:
    one = Observation(python="3.13.0", callables={"lib:f": Seen(2, {"builtins.KeyError": 1})}, names={"a:b": "c:d"})
    two = Observation(callables={"lib:f": Seen(3, {"builtins.KeyError": 1}), "lib:g": Seen(1)})
    both = merged([one, two])
    assert both.python == "3.13.0"
    assert both.callables == {"lib:f": Seen(5, {"builtins.KeyError": 2}), "lib:g": Seen(1)}
    assert both.names == {"a:b": "c:d"}


# ---- raise statements --------------------------------------------------------------------------

CODE = """
from . import errors
from .errors import Bad as Wrong
import lib.other


class Own(Exception):
    pass


def plain(x):
    if x:
        raise ValueError(x)
    raise Wrong


def dotted():
    raise errors.Refused("no")


def whole():
    raise lib.other.Error


def own():
    raise Own


def again(error):
    try:
        raise KeyError
    except KeyError:
        raise
    except Exception as caught:
        raise caught
    raise error


def caught():
    try:
        raise KeyError
    except Exception:
        return 1
    finally:
        raise OSError


def inner():
    def f():
        raise KeyError
    return f


class Cls:
    def method(self):
        for x in self:
            with x:
                raise LookupError from None
"""


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("plain", {"builtins.ValueError", "lib.errors.Bad"}),
        ("dotted", {"lib.errors.Refused"}),
        ("whole", {"lib.other.Error"}),
        ("own", {"lib.mod.Own"}),
        ("again", None),
        ("caught", {"builtins.OSError"}),
        ("inner", None),
        ("Cls.method", {"builtins.LookupError"}),
    ],
)
def test_raise_statements_of_a_function(name: str, expected: set[str] | None) -> None:
    found = raised({"lib.mod": Source("lib/mod.py", CODE.encode())})
    assert found.get(f"lib.mod:{name}") == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("asyncio.IncompleteReadError", "asyncio.exceptions.IncompleteReadError"),
        ("json.JSONDecodeError", "json.decoder.JSONDecodeError"),
        ("builtins.KeyError", "builtins.KeyError"),
        ("asyncio.Queue", ""),
        ("nobody.Error", ""),
    ],
)
def test_an_exception_of_another_library_is_known_where_it_is_kept(name: str, expected: str) -> None:
    assert error(name) == expected


def test_a_raise_statement_may_name_an_exception_of_another_library() -> None:
    seen, stated = {"lib:f": Seen(9)}, {"lib:f": {"asyncio.IncompleteReadError"}}
    assert raises(ground(seen, raised=stated)) == {}
    other = replace(ground(seen, raised=stated), others_known=frozenset({"asyncio"}), tops=frozenset({"lib"}))
    assert raises(other) == {"asyncio.exceptions.IncompleteReadError": "r"}


def test_a_raise_statement_names_classes_however_they_are_spelled() -> None:
    code = b"from .names import *\nclass error_reply(Exception): ...\ndef f(x):\n    raise error_reply(x)\ndef g():\n    raise KeyError\n"
    found = raised({"lib.mod": Source("lib/mod.py", code)})
    assert found == {"lib.mod:f": {"lib.mod.error_reply"}, "lib.mod:g": {"builtins.KeyError"}}


def test_a_relative_import_in_a_package_is_one_level_less() -> None:
    found = raised({"lib": Source("lib/__init__.py", b"from .errors import Bad\ndef f():\n    raise Bad\n")})
    assert found == {"lib:f": {"lib.errors.Bad"}}


FLOW = """
import nobody


class Own(Exception):
    pass


def first(text):
    return second(text)


def second(text):
    if not text:
        raise Own
    return int(text, 10)


def quiet(text):
    try:
        return second(text)
    except (Own, ValueError, TypeError, OverflowError):
        return 0


def strange():
    return nobody.knows()


def calls(function):
    return function()


class Base:
    def run(self):
        raise NotImplementedError

    def stop(self): ...


def partly(text):
    nobody.knows()
    return second(text)


def careful(text):
    nobody.knows()
    try:
        return second(text)
    except Own:
        return 0


def by_name(thing):
    thing.encode()
    return 1


class Finder:
    def encode(self):
        raise Own
"""


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("first", {"lib.mod.Own", "builtins.ValueError"}),
        ("quiet", set()),
        ("strange", None),
        ("calls", None),
        ("Base.run", None),  # for a subclass to define
        ("Base.stop", None),
    ],
)
def test_the_flow_over_a_source_is_that_of_a_project(name: str, expected: set[str] | None) -> None:
    found = flowed({"lib.mod": Source("lib/mod.py", FLOW.encode())}).known.get(f"lib.mod:{name}")
    mistakes = {"builtins.TypeError", "builtins.OverflowError", "builtins.AttributeError"}
    assert (found - mistakes if found is not None else None) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("partly", {"lib.mod.Own"}),
        ("first", {"lib.mod.Own"}),
        ("careful", set()),
        ("quiet", set()),
        ("strange", set()),
    ],
)
def test_raise_statements_reach_callers_whatever_else_these_call(name: str, expected: set[str]) -> None:
    found = flowed({"lib.mod": Source("lib/mod.py", FLOW.encode())})
    assert found.reaching[f"lib.mod:{name}"] == expected
    assert "lib.mod:by_name" not in found.reaching  # `thing` may be anything else that has such a method


# ---- other tools -------------------------------------------------------------------------------


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    """A wheel with data of both tools."""
    path = tmp_path / "both-1.2-py3-none-any.whl"
    pyras = {
        "metadata": {"name": "stdlib", "version": ">=3.13,<3.14"},
        "_json": {"Scanner": {"call": {"ValueError": "exact"}}, "scanstring": ["TypeError"]},
    }
    other = {"metadata": {"name": "stdlib", "version": ">=3.12,<3.13"}, "_json": {"scanstring": ["KeyError"]}}
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "both-1.2.dist-info/METADATA", "Name: both\nVersion: 1.2\nLicense-Expression: 0BSD\n\nText\n"
        )
        archive.writestr(
            "deal/linter/stubs/cpython/json/decoder.json", '{"JSONArray": {"raises": ["E"]}, "f": {"has": []}}'
        )
        archive.writestr("deal/linter/stubs/requests/__init__.json", '{"get": {"raises": ["OSError"]}}')
        archive.writestr("ra/stubs/python-3.13.pyras", json.dumps(pyras))
        archive.writestr("ra/stubs/python-3.12.pyras", json.dumps(other))
    return path


def test_deals_stubs_are_read_from_a_wheel(wheel: Path) -> None:
    found = weak.read("deal", wheel, "3.13.0")
    assert (found.version, found.licence, found.word) == ("1.2", "0BSD", "d")
    assert found.entries == {("json.decoder", "JSONArray"): {"E": False}, ("requests", "get"): {"OSError": False}}


def test_raiseattentions_stubs_are_those_of_the_version(wheel: Path) -> None:
    found = weak.read("raiseattention", wheel, "3.13.5")
    assert found.told == "raiseattention 1.2 (0BSD)"
    assert found.entries == {
        ("_json", "Scanner.call"): {"ValueError": True},
        ("_json", "scanstring"): {"TypeError": False},
    }


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "no such file"),
        ("{", "not data of deal"),
        ("[]", "not data of deal"),
        ('{"f": {"has": ["io"]}}', "no data of deal for Python 3.13.0"),
    ],
)
def test_data_that_cannot_be_used_are_told(tmp_path: Path, content: str | None, message: str) -> None:
    path = tmp_path / "data.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(UsageError, match=message):
        weak.read("deal", path, "3.13.0")


# ---- what is written by hand -------------------------------------------------------------------


def test_what_is_written_by_hand(tmp_path: Path) -> None:
    path = tmp_path / "lib.toml"
    path.write_text('[places]\nprefer = ["lib.Bad"]\n["lib"]\n"f g" = "ValueError"\ng = "= lib.Bad"\nh = "?"\n')
    found = documented.read(path)
    assert found.prefer == {"lib.Bad"}
    assert found.callables == {
        "lib:f": Told(("builtins.ValueError",)),
        "lib:g": Told(("builtins.ValueError", "lib.Bad"), whole=True),
        "lib:h": Told(open=True),
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("f = [", "lib.toml"),
        ('["lib"]\nf = 3\n', "lib.f: names of exceptions are needed, in quotes"),
        ('["lib"]\nf = "NoSuchError"\n', "there is no builtin exception 'NoSuchError'"),
        ('["lib"]\nf = "print"\n', "there is no builtin exception 'print'"),
    ],
)
def test_what_is_written_wrong_by_hand_is_told(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "lib.toml"
    path.write_text(text)
    with pytest.raises(UsageError, match=message):
        documented.read(path)


# ---- the command -------------------------------------------------------------------------------


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_a_suite_is_run_and_what_was_seen_is_written(shop: Path) -> None:
    suite = ["--suite", "-m unittest discover tests"]
    ran = codemod(
        shop, "kb", "build", "shop", "--python", newer_python(), *suite, "-o", "shop.json", env={"PYTHONPATH": "."}
    )
    assert ran.returncode == 0, ran.stderr
    assert "of these that it is nothing; 0 lists are complete" in ran.stderr
    written = json.loads((shop / "shop.json").read_text())
    assert written["library"] == "shop"
    assert {*written["sources"]} == {"o", "r", "f"}
    callables = written["modules"]["shop.orders"]["callables"]
    assert callables["find"]["raises"] == {"shop.errors.Missing": "o2 r"}
    assert callables["quiet"]["raises"] == {}
    assert callables["parse"]["raises"] == {"builtins.ValueError": "o2 f"}
    assert callables["deep"]["raises"] == {}  # RecursionError comes out of anything
    assert callables["Basket.take"]["raises"] == {"builtins.KeyError": "o1 f"}  # once, and the source says so too
    assert written["modules"]["shop.errors"]["classes"]["Missing"]["bases"] == [
        "shop.errors.Refused", "builtins.LookupError",
    ]  # fmt: skip
    assert written["modules"]["shop"]["aliases"]["get"] == "shop.orders.find"


def test_a_suite_that_fails_is_told_and_used(shop: Path) -> None:
    (shop / "tests" / "test_fails.py").write_text(
        "import unittest\nclass T(unittest.TestCase):\n    def test(self): self.fail()\n"
    )
    suite = ["--suite", "-m unittest discover tests"]
    ran = codemod(shop, "kb", "build", "shop", "--python", newer_python(), *suite, env={"PYTHONPATH": "."})
    assert ran.returncode == 0
    assert "the suite ended with exit code 1: -m unittest discover tests" in ran.stderr
    assert json.loads(ran.stdout)["modules"]["shop.orders"]["callables"]["find"]["raises"] == {
        "shop.errors.Missing": "o2 r"
    }


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--python", "no-such-python"], "--python: no-such-python: no such file"),
        (["--python", "false"], "--python: false: ended with exit code 1, and nothing was seen"),
        (["--python", "PYTHON", "--suite", "'"], "--suite: No closing quotation"),
        (["--python", "PYTHON", "--observed", "absent.json"], "absent.json: no such file"),
        (["--python", "PYTHON", "--observed", "shop/errors.py"], "shop/errors.py: not what the monitor writes"),
        (
            ["--python", "PYTHON", "--from", "mypy", "."],
            "--from: there is no tool 'mypy'; it reads deal and raiseattention",
        ),
        ([], "Missing option '--python'"),
    ],
)
def test_what_cannot_be_built_is_told(shop: Path, words: list[str], message: str) -> None:
    asked = [newer_python() if word == "PYTHON" else word for word in words]
    ran = codemod(shop, "kb", "build", "shop", *asked, env={"PYTHONPATH": "."})
    assert (ran.returncode, ran.stdout) == (2, "")
    assert message in ran.stderr


# ---- what is missing -----------------------------------------------------------------------------


def test_callees_are_ranked_by_the_clauses_that_they_block() -> None:
    skips = [
        Skip("a.py", 3, "N01-unknown", "`client.get`: it is not known what it raises", about=("client.get",)),
        Skip("a.py", 9, "N01-unknown", "…", about=("client.get", "run", "hook")),
        Skip(
            "b.py",
            1,
            "N01-unknown",
            "`run`: it is not known what it raises, called through `go` in line 7",
            about=("run",),
        ),
        Skip("b.py", 2, "N01-unknown", "`hook`: a parameter is called in line 3"),
        Skip("b.py", 4, "N02-nothing", "nothing in the body is known to raise anything"),
    ]
    found = missing.ranked(skips)
    assert [(row.callee, row.places, row.alone) for row in found] == [
        ("client.get", ("a.py:3", "a.py:9"), 1),
        ("run", ("b.py:1",), 1),
    ]
    assert [*missing.table(found, 1)] == ["clauses  alone  callee      first", "      2      1  client.get  a.py:3"]


def test_the_command_ranks_what_is_missing(make_repo: Callable[..., Path]) -> None:
    code = (
        "import nobody\n\n\ndef f():\n    try:\n        nobody.knows()\n    except Exception:\n        return None\n"
    )
    repo = make_repo({"a.py": code, "b.py": code, "c.py": code.replace("nobody.knows()", "int('1')")})
    ran = codemod(repo, "kb", "missing", "--output-format", "json")
    assert ran.returncode == 0, ran.stderr
    [row] = json.loads(ran.stdout)
    assert (row["clauses"], row["alone"], row["places"]) == (2, 2, ["a.py:7", "b.py:7"])
    assert "knows" in row["callee"]
    told = codemod(repo, "kb", "missing", "a.py")
    assert told.stdout.splitlines()[1].split()[:2] == ["1", "1"]
    assert told.stderr.endswith("1 callees block 1 clauses\n")
    assert codemod(repo, "plans").stdout == ""  # nothing of it is kept

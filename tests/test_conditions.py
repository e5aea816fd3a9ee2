"""What codemods/facts/conditions.py decides, compared with what Python makes of the same expression."""

from __future__ import annotations

import ast
from types import SimpleNamespace

import pytest

from codemods.engine.conditions import both, cases, decide, either, unknown
from codemods.engine.known import Project
from codemods.engine.names import Names
from codemods.engine.python import ANY, Pythons, pythons
from codemods.engine.source import Source

HEAD = """
import sys, typing, six
import sys as system
from sys import version_info
from typing import TYPE_CHECKING
PY38 = sys.version_info >= (3, 8)
NEWER = PY38 and not sys.version_info >= (3, 11)
MINIMUM = (3, 9)
TWICE = True
if PY38:
    TWICE = False
"""

DECIDABLE = [
    "sys.version_info < (3, 8)",
    "sys.version_info <= (3, 8)",
    "sys.version_info > (3, 8)",
    "sys.version_info >= (3,)",
    "sys.version_info == (3, 8)",
    "sys.version_info != (3, 8)",
    "(3, 8) <= sys.version_info < (3, 11)",
    "sys.version_info[:2] == (3, 8)",
    "sys.version_info[0:2] >= (3, 10)",
    "sys.version_info[0] == 2",
    "sys.version_info[1] > 9",
    "sys.version_info.major < 3",
    "10 <= sys.version_info.minor",
    "version_info >= MINIMUM",
    "system.version_info >= (3, 12)",
    "not sys.version_info >= (3, 9)",
    "PY38",
    "NEWER",
    "not NEWER or sys.version_info >= (3, 13)",
    "six.PY2",
    "typing.TYPE_CHECKING",
    "TYPE_CHECKING and sys.version_info > (3, 1)",
    "1",
    "False",
]
UNKNOWN = [
    "sys.platform == 'win32'",
    "TWICE",
    "undefined",
    "sys.version_info >= other",
    "sys.version.startswith('3')",
    "sys.version_info[3] == 'final'",
    "os.environ.get('CI')",
    "sys.version_info >= (3, 8) and sys.platform == 'win32'",
]


def names_of(text: str) -> Names:
    return Names(Source("tests/test_a.py", text.encode()))


def condition(text: str, pythons: Pythons) -> bool | None:
    names = names_of(HEAD + f"{text}\n")
    return decide(names.condition(ast.parse(text, mode="eval").body), pythons)


@pytest.mark.parametrize("text", DECIDABLE)
def test_a_version_is_compared_as_python_compares_it(text: str) -> None:
    for minor in range(5, 15):
        fake = SimpleNamespace(version_info=_Version((3, minor, 4, "final", 0)))
        values = {
            "typing": SimpleNamespace(TYPE_CHECKING=False),
            "six": SimpleNamespace(PY2=False),
            "TYPE_CHECKING": False,
        }
        values |= {"sys": fake, "system": fake, "version_info": fake.version_info, "MINIMUM": (3, 9)}
        values["PY38"] = fake.version_info >= (3, 8)
        values["NEWER"] = values["PY38"] and not fake.version_info >= (3, 11)
        assert condition(text, (minor, minor)) is bool(eval(text, values)), minor


class _Version(tuple):  # type: ignore[type-arg]
    major = property(lambda self: self[0])
    minor = property(lambda self: self[1])


@pytest.mark.parametrize("text", UNKNOWN)
def test_what_no_version_decides_is_unknown(text: str) -> None:
    assert condition(text, (8, 14)) is None


def test_all_pythons_of_the_project_must_agree() -> None:
    assert condition("sys.version_info >= (3, 9)", (9, 40)) is True
    assert condition("sys.version_info >= (3, 9)", (8, 40)) is None
    assert condition("sys.version_info < (3, 9)", (9, 40)) is False
    assert condition("sys.version_info >= (3, 13)", (9, 12)) is False
    assert condition("sys.version_info >= (3, 9, 2)", (9, 12)) is None
    assert condition("sys.version_info >= (3, 9, 2)", (10, 12)) is True
    assert condition("sys.version_info >= (3, 8) or sys.platform == 'win32'", (8, 40)) is True
    assert condition("sys.version_info < (3, 8) and sys.platform == 'win32'", (8, 40)) is False


def test_branches_exclude_each_other_and_leave_nothing_out() -> None:
    names = names_of(
        "if x:\n    a\nelif y:\n    b\nelse:\n    c\ntry:\n    d\nexcept ImportError:\n    e\nelse:\n    f\nwith g:\n    h\n"
    )
    whens = {ast.unparse(node): when for node, when in names.guarded(names.tree.body) if isinstance(node, ast.Expr)}
    assert [decide(whens[n], ANY) for n in "abcdefh"] == [None, None, None, None, None, None, True]
    assert decide(either(whens[n] for n in "abc"), ANY) is True
    assert decide(either(whens[n] for n in "ab"), ANY) is None
    assert decide(either(whens[n] for n in "de"), ANY) is True
    assert whens["d"] == whens["f"]


def test_a_case_may_be_taken_and_a_loop_may_run_not_even_once() -> None:
    names = names_of("match x:\n    case 1:\n        a\n    case _:\n        b\nfor y in z:\n    c\nelse:\n    d\n")
    whens = {ast.unparse(node): when for node, when in names.guarded(names.tree.body) if isinstance(node, ast.Expr)}
    assert [decide(whens[n], ANY) for n in "abcd"] == [None, None, None, True]
    assert whens["a"] != whens["b"]


def test_very_many_unknown_conditions_are_not_tried_out_in_every_mixture() -> None:
    many = [unknown(f"x{n}") for n in range(40)]
    assert decide(either([*many, None]), ANY) is True
    assert decide(both(*many), ANY) is None
    together = cases([*many, either(many)], (8, 9))
    assert frozenset({*many, either(many)}) in together
    assert frozenset() in together
    assert all(frozenset({*many, either(many)}) - {each} in together for each in many)
    assert len(together) == 42


@pytest.mark.parametrize(
    ("specifier", "expected"),
    [
        (">=3.9", (9, 40)),
        (">=3.9,<3.13", (9, 12)),
        (">=3.8,<3.12.4", (8, 12)),
        (">=3.8,<=3.11", (8, 11)),
        (">=3.8,<4", (8, 40)),
        ("~=3.9", (9, 40)),
        ("~=3.9.2", (9, 9)),
        ("==3.11.*", (11, 11)),
        ("<3.12", ANY),
        (">=3.7,!=3.8.0", (7, 40)),
    ],
)
def test_the_pythons_of_a_project(specifier: str, expected: Pythons) -> None:
    project = Project(paths=(), texts={"pyproject.toml": f"[project]\nname = 'x'\nrequires-python = '{specifier}'\n"})
    assert pythons(project, "tests/test_a.py") == expected
    assert pythons(Project(paths=()), "a.py") == ANY

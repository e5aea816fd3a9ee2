"""What every composed file is checked for."""

from __future__ import annotations

import builtins
import symtable
import sys
import sysconfig
import warnings
from collections import Counter
from pathlib import Path

import pytest

from codemods.engine import check
from codemods.engine.check import comments_between, missing, problems, undefined
from codemods.engine.source import Source
from codemods.engine.values import Unreadable

FUTURE = "from __future__ import annotations\n"


def source(text: str) -> Source:
    return Source("m.py", text.encode())


# ---- names -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "print(__file__, __name__, WindowsError)",
        "import a\na",
        "a = 1\ndef f(): return a",
        "def f(): return a\na = 1",
        "def f():\n    global a\n    a = 1\ndef g(): return a",  # bound from another function
        "def f(a, *b, c=1, **d): return a, b, c, d",
        "def f():\n    a = 1\n    def g():\n        nonlocal a\n        return a",
        "class A:\n    a = 1\n    b = a\n    def f(self): return __class__, super()",
        "class A:\n    __a = 1\n    def f(self): return self.__a",
        "[a for a in [1] if a]",
        "[(b := a) for a in [1]]\nb",
        "lambda a: a",
        "try: pass\nexcept OSError as e: e",
        "with open('x') as (a, b): a, b",
        "match 1:\n    case {'a': a, **b}: a, b\n    case [c, *d]: c, d",
        "for a in []: pass\na",
        "del a\na = 1",
        "if False:\n    import a\na",
        "a: int = 1\na",
        "from a import *\nb",  # nobody can know
        "f(a=1)\n".replace("f", "print"),
        "import a.b\na.c.d",
        "x: 'a'",
        FUTURE + "if TYPE_CHECKING:\n    import a\nx: a.b".replace("TYPE_CHECKING", "True"),
        FUTURE + "class A:\n    def f(self) -> A: ...\n    class B: ...\n    b: B",
    ],
)
def test_names_that_something_binds_are_defined(text: str) -> None:
    assert undefined(source(text)) == {}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a", {"a": 1}),
        ("a.b.c(d=e)", {"a": 1, "e": 1}),
        ("def f(): return a", {"a": 1}),
        ("def f(): return a\ndef g(): return a, a", {"a": 2}),
        ("def f(a=b) -> c: pass\nclass A(d): pass\n@e\ndef g(): pass", dict.fromkeys("bcde", 1)),
        ("class A:\n    a = 1\n    def f(self): return a", {"a": 1}),  # not seen from a method
        ("class A:\n    a = 1\n    b = lambda: a", {"a": 1}),
        ("def f():\n    a = 1\na", {"a": 1}),
        ("def f():\n    import a\na", {"a": 1}),
        ("[a for a in b]\na", {"a": 1, "b": 1}),
        ("x: a", {"a": 1}),
        (FUTURE + "x: a", {"a": 1}),
        (FUTURE + "def f(x: a, *y: b, **z: c) -> d: pass", dict.fromkeys("abcd", 1)),
        (FUTURE + "class A:\n    def f(self, x: a.B[c]): pass", {"a": 1, "c": 1}),
        ("from __future__ import (\n    division,\n    annotations,\n)\nx: a", {"a": 1}),
        ("from __future__ import division\nimport annotations\nx: annotations.a\ny: b", {"b": 1}),
        ("f'{a!r:{b}}'", {"a": 1, "b": 1}),
    ],
)
def test_names_that_nothing_binds_are_undefined(text: str, names: dict[str, int]) -> None:
    assert undefined(source(text)) == names


@pytest.mark.skipif(sys.version_info < (3, 12), reason="needs the syntax of Python 3.12")
@pytest.mark.parametrize(
    "text",
    [
        "def f[T](a: T) -> T: return T",
        "class A[T: int, *Ts, **P](list[T]):\n    def f(self, x: T): return P",
        "type A[T] = dict[T, A]",
        FUTURE + "def f[T](a: T) -> T: return a",
    ],
)
def test_type_parameters_are_defined(text: str) -> None:
    assert undefined(source(text)) == {}


@pytest.mark.parametrize("text", ["a b", "def f(a):\n    global a", "a = 1\nnonlocal a", "a\0"])
def test_text_that_breaks_the_rules_is_unreadable(text: str) -> None:
    with pytest.raises(Unreadable):
        undefined(source(text))


def public(text: str) -> Counter[str]:
    """The same question to the public module."""
    bound: set[str] = set()
    wanted: Counter[str] = Counter()
    top = symtable.symtable(text, "file", "exec")
    stack = [top]
    while stack:
        table = stack.pop()
        stack += table.get_children()
        for symbol in table.get_symbols():
            if table is top or symbol.is_global():
                if symbol.is_assigned() or symbol.is_imported():
                    bound.add(symbol.get_name())
                if symbol.is_referenced():
                    wanted[symbol.get_name()] += 1
    known = bound | set(dir(builtins)) | {"__class__", "__file__", "__name__", "__path__"}
    return Counter({n: c for n, c in wanted.items() if n not in known})


@pytest.mark.parametrize("name", ["typing", "inspect", "turtle", "enum", "asyncio/tasks"])
def test_the_private_symbol_table_says_what_the_public_one_says(name: str) -> None:
    file = Source(name, Path(sysconfig.get_paths()["stdlib"], f"{name}.py").read_bytes())
    assert undefined(file) == public(file.text)


@pytest.mark.parametrize("future", ["", FUTURE])
def test_one_symbol_table_a_text_is_enough(monkeypatch: pytest.MonkeyPatch, future: str) -> None:
    made: list[str] = []
    real = check._symtable.symtable

    def counting(text: str, *rest: str) -> object:
        made.append(text)
        return real(text, *rest)

    monkeypatch.setattr(check._symtable, "symtable", counting)
    assert undefined(source(f"{future}x: gone\n")) == {"gone": 1}
    assert len(made) == 1


# ---- problems ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("a = 1\n", "a = 2\n", []),
        ("a = 1\n", "a = = 2\n", ["does not parse any more: invalid syntax at line 1"]),
        ("def f(a): a\n", "def f(a): global a\n", ["does not parse any more: name 'a' is parameter and global at line 1"]),
        ("import a\na\n", "a\n", ["leaves the name 'a' undefined"]),
        ("import a\ndef f(): a\ndef g(): a\n", "def f(): a\ndef g(): a\n", ["leaves the name 'a' undefined in 2 scopes"]),
        ("b\n", "b\n\nb\n", []),  # it was undefined before
        ("b\n", "b\ndef f(): b\n", ["leaves the name 'b' undefined"]),  # but not here
        ("from a import *\nb\n", "from a import *\nc\n", []),
        ("from a import *\nb\n", "b\n", ["leaves the name 'b' undefined"]),
        ("", "a\n", ["leaves the name 'a' undefined"]),
        ("a b\n", "a = 1\n", []),
    ],
)  # fmt: skip
def test_only_what_is_newly_wrong_counts(before: str, after: str, expected: list[str]) -> None:
    assert problems(source(before), source(after)) == expected


@pytest.mark.parametrize(
    ("before", "after", "minimum", "fails"),
    [
        ("a = 1\n", "match a:\n    case 1: pass\na = 1\n", (3, 9), True),
        ("a = 1\n", "match a:\n    case 1: pass\na = 1\n", (3, 10), False),
        ("a = 1\n", "match a:\n    case 1: pass\na = 1\n", None, False),
        ("match 1:\n    case 1: pass\n", "match 2:\n    case 1: pass\n", (3, 9), False),  # was so
        ("a = 1\n", "print(a := 1)\n", (3, 7), True),
    ],
)
def test_new_text_is_for_the_lowest_python_of_the_project(
    before: str, after: str, minimum: tuple[int, int] | None, fails: bool
) -> None:
    found = problems(source(before), source(after), minimum)
    assert found == (["uses syntax that Python {}.{} does not have".format(*minimum)] if fails and minimum else [])


@pytest.mark.parametrize(
    ("before", "after", "lost"),
    [
        ("a  # one\n", "b  # one\n", []),
        ("a  # one\n", "# one\nb\n", []),  # moved
        ("a  # one\n", "a  #one\n", []),  # formatted
        ("a  # one\n", "a\n", ["# one"]),
        ("a  # one\nb  # one\n", "a\nb  # one\n", ["# one"]),
        ("a = '# no'\n", "a = 1\n", []),
        ("a  # one\n", "a = '# one'\n", ["# one"]),
        ("a = '#x'  # one\n", "a = 1\n", ["# one"]),
        ("a  # one\nb  # one\n", "a\nb\n", ["# one", "# one"]),
        ("import a  # noqa\n", "b = 1\n", []),  # for a tool
    ],
)
def test_comments_that_go_and_come_are_found(before: str, after: str, lost: list[str]) -> None:
    assert comments_between(source(before), source(after))[0] == lost
    assert comments_between(source(after), source(before))[1] == (lost or (["# noqa"] if "noqa" in before else []))


def test_comments_are_counted() -> None:
    assert missing(["# a", "# b", "# a"], ["#a", "# c"]) == ["# b", "# a"]


def test_a_lost_comment_is_a_problem() -> None:
    before, after = source("1  # one\n2  # two\n"), source("1\n2\n")
    assert problems(before, after) == ["loses the comment '# one'", "loses the comment '# two'"]


@pytest.mark.parametrize("pragma", ["# noqa: E402", "# type: ignore[x]", "# pylint: disable=x"])
def test_a_pragma_may_go_with_its_line(pragma: str) -> None:
    assert problems(source(f"import a  {pragma}\n1\n"), source("1\n")) == []


def test_warnings_of_analysed_code_stay_quiet() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert problems(source("1\n"), source("'\\d'\n1 is 1\n"), (3, 8)) == []

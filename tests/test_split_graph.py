"""What of a module must stay together and why, and who needs whom."""

from __future__ import annotations

import pytest

from codemods.engine.source import Source
from codemods.facts.moving.graph import Graph
from codemods.facts.moving.units import Outline


def graph(text: str) -> Graph:
    return Graph(Outline(Source("big.py", text.encode()), whole=True))


def groups(text: str) -> list[str]:
    """The names of each group."""
    return [" ".join(g.names) for g in graph(text).groups]


TOGETHER = {
    "a function that is defined again": (
        "def f():\n    return 1\n\ndef g():\n    return 2\n\ndef f():\n    return 3\n",
        ["f", "g"],
        [("bound", "f", 7)],
    ),
    "a decorator that is called by hand": (
        "def deco(f):\n    return f\n\ndef f():\n    return 1\n\ndef g():\n    return 2\n\nf = deco(f)\n",
        ["deco", "f", "g"],
        [("bound", "f", 10)],
    ),
    "overloads": (
        "from typing import overload\n@overload\ndef f(a: int) -> int: ...\n@overload\ndef f(a: str) -> str: ...\n"
        "def f(a): return a\ndef g(): pass\n",
        ["f", "g"],
        [("bound", "f", 5), ("bound", "f", 6)],
    ),
    "twins in a try": (
        "try:\n    from fast import loads\nexcept ImportError:\n    def loads(text):\n        return text\n\n"
        "def use():\n    return loads('')\n",
        ["loads", "use"],
        [],
    ),
    "an import, and one in a try that may bind the same name": (
        "import json\ntry:\n    import ujson as json\nexcept ImportError:\n    pass\ndef f():\n    return 1\n",
        ["json", "f"],
        [("bound", "json", 2)],
    ),
    "a variable and all functions that set or read it": (
        "_state = None\ndef start():\n    global _state\n    _state = 1\ndef stop():\n    global _state\n    _state = None\n"
        "def asks():\n    return _state\ndef other():\n    return 1\n",
        ["_state start stop asks", "other"],
        [("set", "_state", 2), ("set", "_state", 5), ("set", "_state", 8)],
    ),
    "a variable that there is only once a function has run": (
        "def start():\n    global cache\n    cache = {}\ndef other():\n    return 1\ndef asks():\n    return cache\n",
        ["start asks", "other"],
        [("set", "cache", 6)],
    ),
    "an attribute that is set from outside": (
        "class A:\n    pass\ndef b():\n    pass\nA.size = 3\n",
        ["A", "b"],
        [("changed", "A", 5)],
    ),
    "an item that is set": (
        "table = {}\ndef a():\n    return 1\ntable['a'] = a\n",
        ["table", "a"],
        [("changed", "table", 4)],
    ),
    "one statement that binds and changes": (
        "class timezone:\n    pass\nUTC = timezone.utc = timezone()\ndef f():\n    pass\n",
        ["timezone UTC", "f"],
        [("changed", "timezone", 3)],
    ),
    "a method that changes the object": (
        "names = []\ndef f():\n    pass\nnames.append('f')\n",
        ["names", "f"],
        [("changed", "names", 4)],
    ),
    "a list that keeps what it is given, as it is": (
        "commands = []\ndef f():\n    pass\ndef g():\n    pass\ncommands.append(f)\ncommands.append(g)\n",
        ["commands", "f", "g"],
        [("changed", "commands", 6), ("changed", "commands", 7)],
    ),
    "a call that is given the object": (
        "import atexit\ndef f():\n    pass\ndef g():\n    pass\natexit.register(f)\n",
        ["f", "g"],
        [("changed", "f", 6)],
    ),
    "a loop that fills a table": (
        "table = {}\ndef f():\n    pass\nfor word in ('a', 'b'):\n    table[word] = 1\n",
        ["table word", "f"],
        [("changed", "table", 4)],
    ),
    "a name that one branch alone defines, and who uses it": (
        "import sys\nif sys.platform == 'win32':\n    def drive():\n        return 'C'\ndef root():\n    return drive()\n"
        "def f():\n    pass\n",
        ["drive root", "f"],
        [("missing", "drive", 5)],
    ),
    "what a loop leaves": (
        "for each in 'ab':\n    print(each)\ndef f():\n    pass\nfor each in 'cd':\n    print(each)\n",
        ["each", "f"],
        [("bound", "each", 5)],
    ),
    "what is deleted": (
        "def helper():\n    return 1\nSIZE = helper()\ndel helper\n",
        ["SIZE"],
        [("deleted", "helper", 3), ("deleted", "helper", 4)],
    ),
    "a loop over definitions whose variable is deleted": (
        "def a():\n    pass\ndef b():\n    pass\nfor each in (a, b):\n    print(each)\ndel each\n",
        ["a", "b"],
        [("about", "b", 5), ("deleted", "each", 7)],
    ),
    "a statement that binds nothing": (
        "def a():\n    pass\ndef b():\n    pass\nassert callable(b) and a\n",
        ["a", "b"],
        [("about", "b", 5)],
    ),
}  # fmt: skip
APART = {
    "both branches define it": (
        "import sys\nif sys.platform == 'win32':\n    SEP = 'a'\nelse:\n    SEP = 'b'\ndef f():\n    return SEP\n",
        ["SEP", "f"],
    ),
    "the other branch raises": (
        "try:\n    import fast\nexcept ImportError:\n    raise\ndef f():\n    return fast\n",
        ["fast", "f"],
    ),
    "a function changes the object when it is called": (
        "table = {}\ndef f():\n    table[1] = 2\n",
        ["table", "f"],
    ),
    "a local variable has the name": (
        "size = 1\ndef f():\n    size = 2\n    size += 1\n    return size\n",
        ["size", "f"],
    ),
    "a name is declared global and only read": (
        "size = 1\ndef f():\n    global size\n    return size\n",
        ["size", "f"],
    ),
    "an alias": ("def f():\n    pass\ng = f\n", ["f", "g"]),
    "imports, docstring, __all__ and what runs it as a script are no definitions": (
        '"""Doc."""\nfrom __future__ import annotations\nimport os\n__all__ = ["f"]\n__version__ = "1"\n'
        'def f():\n    return os\nprint("hello")\nif __name__ == "__main__":\n    f()\n',
        ["f"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "bonds"), TOGETHER.values(), ids=TOGETHER.keys())
def test_stay_together(text: str, expected: list[str], bonds: list[tuple[str, str, int]]) -> None:
    found = graph(text)
    assert [" ".join(g.names) for g in found.groups] == expected
    assert [(b.why, b.name, b.line) for g in found.groups for b in g.bonds] == bonds


@pytest.mark.parametrize(("text", "expected"), APART.values(), ids=APART.keys())
def test_stay_apart(text: str, expected: list[str]) -> None:
    found = graph(text)
    assert [" ".join(g.names) for g in found.groups] == expected
    assert [g.bonds for g in found.groups if g.bonds] == []


def edges(text: str) -> dict[str, str]:
    """`user > used` → how."""
    found = graph(text)
    names = [" ".join(g.names) for g in found.groups]
    return {
        f"{names[user]} > {names[used]}": ("early" if edge.eager else "late") + (" written" if edge.written else "")
        for (user, used), edge in found.edges.items()
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("class A: pass\nclass B(A): pass\n", {"B > A": "early"}),
        ("class A: pass\ndef f(): return A\n", {"f > A": "late"}),
        ("def deco(f): return f\n@deco\ndef g(): pass\n", {"g > deco": "early"}),
        ("SIZE = 1\ndef f(a=SIZE): pass\n", {"f > SIZE": "early"}),
        ("class A: pass\nclass B:\n    other = A\n", {"B > A": "early"}),
        ("class A: pass\ndef f(a: 'A'): pass\n", {"f > A": "late"}),
        ("class A: pass\ndef f(a: 'list[A]'): pass\n", {"f > A": "late"}),
        ("class A: pass\ndef f(a):  # type: (A) -> None\n    pass\n", {"f > A": "late"}),
        ("from typing import Literal\nclass A: pass\ndef f(a: Literal['A']): pass\n", {}),
        ("class A: pass\ndef f(): 'A is here.'\n", {}),
        ("table = {}\ndef f(): table['a'] = 1\n", {"f > table": "late written"}),
        ("table = {}\ndef f(table): table['a'] = 1\n", {}),
        ("def a(): return b()\ndef b(): return a()\n", {"a > b": "late", "b > a": "late"}),
    ],
)  # fmt: skip
def test_who_needs_whom(text: str, expected: dict[str, str]) -> None:
    assert edges(text) == expected


def test_circles_are_found_and_come_after_what_they_need() -> None:
    found = graph("def a(): return b()\ndef c(): return d\ndef b(): return a(), c()\nd = 1\n")
    names = [" ".join(g.names) for g in found.groups]
    assert [[names[n] for n in circle] for circle in found.circles] == [["d"], ["c"], ["a", "b"]]


def test_what_only_type_checkers_see() -> None:
    text = (
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from a import B\nif TYPE_CHECKING:\n    Path = str\n"
        "def f(a: 'Path', b: 'B'): pass\n"
    )
    found = graph(text)
    assert [g.names for g in found.groups] == [("Path",), ("f",)]
    assert found.checked == {"B", "Path"}
    assert [u.node.lineno for u in found.imports] == [1, 2]


def test_a_long_chain_of_calls_is_no_recursion() -> None:
    text = "".join(f"def f{n}(): return f{n + 1}()\n" for n in range(3000)) + "def f3000(): return 1\n"
    assert len(graph(text).circles) == 3001


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("def f():\n    pass\n    # of f\n# of g\ndef g(): pass\n", [(1, 3), (4, 5)]),
        ("def f():\n    pass\n\n    # of f\n\n# of g\n\ndef g(): pass\n    # of g\n", [(1, 4), (6, 9)]),
        ("if True:\n    X = 1\n    # else:\n    #     X = 2\nY = 1\n", [(1, 4), (5, 5)]),
        ("# a\nX = 1\n# b\nY = 1\n# left\n", [(1, 2), (3, 4)]),
    ],
)  # fmt: skip
def test_indented_comments_belong_to_what_they_end(text: str, expected: list[tuple[int, int]]) -> None:
    assert [u.lines for u in Outline(Source("big.py", text.encode()), whole=True).units] == expected


def test_a_text_that_is_handed_on_ties_nothing() -> None:
    text = "data = 1\n\n\ndef load():\n    return open('data.json')\n\n\ndef set_():\n    global data\n    data = 2\n"
    assert groups(text) == ["data set_", "load"]
    assert graph(text).edges == {}
    read = graph("def data():\n    return 1\n\n\ndef load(kind: 'data') -> None: ...\n")
    assert [*read.edges] == [(1, 0)]

"""What names mean by scope, and how a dotted name is written in a place."""

from __future__ import annotations

import ast
import sys

import pytest

from codemods.engine.bindings import imported
from codemods.engine.names import Names, is_stdlib
from codemods.engine.source import Source
from codemods.engine.values import Import


def meaning(text: str) -> str:
    """What the name or chain means that stands last in the text as `X`, `X.y`, …"""
    file = Source("m.py", text.encode())
    offset = text.rindex("X")
    nodes = [n for n in ast.walk(file.tree) if isinstance(n, ast.Name | ast.Attribute)]
    node = max((n for n in nodes if file.start(n) == offset), key=lambda n: file.end(n))
    return Names(file).meaning(node)


# ---- what an import binds ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import a", [("a", "a", Import("a"))]),
        ("import a.b", [("a", "a", Import("a.b"))]),
        ("import a.b as c", [("c", "a.b", Import("a.b", "", "c"))]),
        ("import a, b as c", [("a", "a", Import("a")), ("c", "b", Import("b", "", "c"))]),
        ("from a.b import c", [("c", "a.b.c", Import("a.b", "c"))]),
        ("from a import b as c", [("c", "a.b", Import("a", "b", "c"))]),
        ("from . import a", [("a", ".a", Import(".", "a"))]),
        ("from ..a import b", [("b", "..a.b", Import("..a", "b"))]),
        ("from a import *", [("*", "a.*", Import("a", "*"))]),
    ],
)
def test_an_import_binds_names(text: str, expected: list[tuple[str, str, Import]]) -> None:
    (statement,) = ast.parse(text).body
    assert isinstance(statement, ast.Import | ast.ImportFrom)
    assert list(imported(statement)) == expected


def test_is_stdlib_goes_by_the_top_module() -> None:
    assert is_stdlib("os.path")
    assert not is_stdlib("pytest")


# ---- what a name means -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # imports
        ("import X\nX.a.b", "X.a.b"),
        ("import X.a\nX.a.b", "X.a.b"),
        ("import a.b as X\nX.c", "a.b.c"),
        ("from a import b as X\nX", "a.b"),
        ("from ..a import X\nX.b", "..a.X.b"),
        ("from . import X\nX", ".X"),
        # builtins, and names that nobody binds
        ("X", "builtins.X"),
        ("a.X = 1\nX", "builtins.X"),
        ("f(X=1)\nX", "builtins.X"),
        # bound by the file
        ("X = 1\nX", ":X"),
        ("import X\nX += 1\nX", ""),
        ("import X\ndel X\nX", ""),
        ("import X\nfor X in a: pass\nX", ""),
        ("import X\nwith a as (b, X): pass\nX", ""),
        ("import X\nif (X := 1): pass\nX", ""),
        ("import X\n[X := 1 for a in b]\nX", ""),
        ("import X\ntry: pass\nexcept E as X: pass\nX", ""),
        ("import X\nmatch a:\n    case [*X]: pass\nX", ""),
        ("import X\nmatch a:\n    case {'b': 1, **X}: pass\nX", ""),
        ("import X\nmatch a:\n    case b.c() as X: pass\nX", ""),
        ("import X\ndef X(): pass\nX", ""),
        ("import X\nclass X: pass\nX", ""),
        ("import X\nX: int = 1\nX", ""),
        ("import X\nlambda X: 1\nX", "X"),
        ("import X\n[1 for X in a]\nX", "X"),
        ("import X\ndef f(X): X = 1\nX", "X"),
        ("import X\nclass A: X = 1\nX", "X"),
        ("import X\ndef f(a=(X := 1)): pass\nX", ""),
        ("import X\n@(X := 1)\nclass A: pass\nX", ""),
        # several meanings
        ("try: import X\nexcept ImportError: import a as X\nX", ""),
        ("try: import X\nexcept ImportError: X = None\nX", "X"),
        ("try: import X\nexcept ImportError: X = 1\nX", ""),
        ("if a: import X\nelse: X = None\nX", ""),
        ("if TYPE_CHECKING: from a import X\nX", "a.X"),
        ("if a: from b import X\nelse: from c import X\nX", ""),
        ("import X\nimport X.a\nX", "X"),
        # functions
        ("import X\ndef f():\n    X", "X"),
        ("import X\ndef f(X):\n    X", ""),
        ("import X\ndef f(*X):\n    X", ""),
        ("import X\ndef f(*, a, **X):\n    X", ""),
        ("import X\ndef f():\n    X = 1\n    def g():\n        X", ""),
        ("def f():\n    import X\n    def g(): X", "X"),
        ("def f():\n    import X\nX", "builtins.X"),
        ("import X\ndef f(X=X.a): pass", "X.a"),  # a default is evaluated outside
        ("import X\ndef f(X, b: X.a): pass", "X.a"),
        ("import X\ndef f(X) -> X.a: pass", "X.a"),
        ("import X\n@X.a\ndef f(): pass", "X.a"),
        ("import X\nlambda X: X", ""),
        ("import X\nlambda a, X=X.b: a", "X.b"),
        ("import X\ndef f():\n    global X\n    X.a", "X.a"),
        ("import X\ndef f(X):\n    def g():\n        global X\n        X.a", "X.a"),
        ("import X\ndef f():\n    global X\n    X = 1\nX.a", ""),
        ("def f():\n    global X\n    import a as X\nX.b", "a.b"),
        ("def f():\n    import X\n    def g():\n        nonlocal X\n        X.a", "X.a"),
        # classes are seen by their own statements alone
        ("import X\nclass A:\n    X = 1\n    X", ""),
        ("import X\nclass A:\n    X = 1\n    def f(self): X.a", "X.a"),
        ("import X\nclass A:\n    X = 1\n    class B: X.a", "X.a"),
        ("import X\nclass A:\n    X = 1\n    b = [X.a for a in c]", "X.a"),
        ("import X\nclass A:\n    X = 1\n    b = [a for a in X]", ""),
        ("import X\nclass A:\n    X = 1\n    b = lambda: X.a", "X.a"),
        ("import X\nclass A:\n    X = 1\n    def f(self, a=X): pass", ""),
        ("class A:\n    import X\n    X.a", "X.a"),
        ("import X\nclass A(X.a):\n    b = 1", "X.a"),
        # comprehensions
        ("import X\n[a for X in b if X]", ""),
        ("import X\n[a for X in X.b]", "X.b"),
        ("import X\n[a for a in b for X in X]", ""),
        ("import X\n{a: X for X, a in b for c in X.d}", ""),
        ("import X\n(a for a in b if X.c)", "X.c"),
        ("import X\n[[a for a in X.b] for X in c]", ""),
        # star imports
        ("from a import *\nX", ""),
        ("from a import *\nimport X\nX", "X"),
        ("def f():\n    try:\n        pass\n    finally:\n        X", "builtins.X"),
    ],
)  # fmt: skip
def test_a_name_means_what_its_scope_says(text: str, expected: str) -> None:
    assert meaning(text) == expected


@pytest.mark.skipif(sys.version_info < (3, 12), reason="needs the syntax of Python 3.12")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import X\ndef f[X](a: X): pass", ""),
        ("import X\ndef f[X](a) -> X: pass", ""),
        ("import X\ndef f[X](a): X", ""),
        ("import X\ndef f[X](a=X.b): pass", "X.b"),
        ("import X\n@X.a\ndef f[T](): pass", "X.a"),
        ("import X\nclass A[X](X): pass", ""),
        ("import X\nclass A:\n    X = 1\n    def f[T](self, a: X): pass", ""),
        ("import X\ntype A[X] = X", ""),
        ("import X\ntype A[T] = X.a", "X.a"),
        ("import X\ndef f[T: X.a](): pass", "X.a"),
    ],
)
def test_type_parameters_are_a_scope(text: str, expected: str) -> None:
    assert meaning(text) == expected


@pytest.mark.parametrize("text", ["f().a", "'a'.b", "a[0].b", "1"])
def test_what_is_no_chain_of_names_has_no_dotted_name(text: str) -> None:
    file = Source("m.py", text.encode())
    statement = file.tree.body[0]
    assert isinstance(statement, ast.Expr)
    assert Names(file).meaning(statement.value) == ""


# ---- how a name is written ---------------------------------------------------------------------

PYTEST = ("pytest.mark.asyncio", Import("pytest"))
MOCK = ("unittest.mock.AsyncMock", Import("unittest.mock", "AsyncMock"))


@pytest.mark.parametrize(
    ("text", "wanted", "expected", "requires"),
    [
        # reuse
        ("import pytest", PYTEST, "pytest.mark.asyncio", Import("pytest")),
        ("import pytest as pt", PYTEST, "pt.mark.asyncio", Import("pytest", "", "pt")),
        ("from pytest import mark", PYTEST, "mark.asyncio", Import("pytest", "mark")),
        ("from pytest import mark as m\nimport pytest", PYTEST, "m.asyncio", Import("pytest", "mark", "m")),
        ("from unittest import mock", MOCK, "mock.AsyncMock", Import("unittest", "mock")),
        ("import unittest.mock", MOCK, "unittest.mock.AsyncMock", Import("unittest.mock")),
        ("import unittest.mock as um", MOCK, "um.AsyncMock", Import("unittest.mock", "", "um")),
        ("from unittest.mock import AsyncMock as A", MOCK, "A", Import("unittest.mock", "AsyncMock", "A")),
        # nothing to reuse
        ("", PYTEST, "pytest.mark.asyncio", Import("pytest")),
        ("import unittest", MOCK, "AsyncMock", Import("unittest.mock", "AsyncMock")),
        ("from unittest.mock import Mock", MOCK, "AsyncMock", Import("unittest.mock", "AsyncMock")),
        ("import unittest", ("unittest.mock.Mock", Import("unittest.mock")), "unittest.mock.Mock", Import("unittest.mock")),
        ("", ("numpy.array", Import("numpy", "", "np")), "np.array", Import("numpy", "", "np")),
        ("from a import *", PYTEST, "pytest.mark.asyncio", Import("pytest")),
        ("if TYPE_CHECKING:\n    import pytest", PYTEST, "pytest.mark.asyncio", Import("pytest")),
        ("if typing.TYPE_CHECKING:\n    import pytest", PYTEST, "pytest.mark.asyncio", Import("pytest")),
        ("def f():\n    import pytest", PYTEST, "pytest.mark.asyncio", Import("pytest")),
        ("def f(pytest): pass", PYTEST, "pytest.mark.asyncio", Import("pytest")),
    ],
)  # fmt: skip
def test_a_reference_reuses_what_is_imported(
    text: str, wanted: tuple[str, Import], expected: str, requires: Import
) -> None:
    reference = Names(Source("m.py", text.encode())).reference(*wanted)
    assert reference is not None
    assert (reference.text, reference.requires) == (expected, (requires,))


@pytest.mark.parametrize(
    "text",
    [
        "pytest = 1",
        "def pytest(): pass",
        "import a as pytest",
        "try:\n    import pytest\nexcept ImportError:\n    pass",
        "try:\n    import pytest\nexcept ImportError:\n    pytest = None",
        "if a:\n    import pytest",
        "if TYPE_CHECKING:\n    import pytest\nelse:\n    pytest = None",
        "def f():\n    global pytest\n    pytest = 1",
    ],
)
def test_a_name_that_cannot_be_relied_on_has_no_reference(text: str) -> None:
    assert Names(Source("m.py", text.encode())).reference(*PYTEST) is None


def at(text: str) -> tuple[str, tuple[Import, ...]] | None:
    """The reference to pytest.mark.asyncio in the place of the name `here`."""
    file = Source("m.py", text.encode())
    node = next(n for n in ast.walk(file.tree) if getattr(n, "id", getattr(n, "name", "")) == "here")
    reference = Names(file).reference(*PYTEST, at=node)
    return reference and (reference.text, reference.requires)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import pytest\ndef f(): here", "pytest.mark.asyncio"),
        ("import pytest\ndef here(pytest): pass", "pytest.mark.asyncio"),  # a decorator is outside
        ("import pytest\ndef f(pytest): here", None),
        ("def f(pytest): here", None),
        ("import pytest as pt\ndef f(pt): here", "pytest.mark.asyncio"),
        ("class A:\n    pytest = 1\n    def here(self): pass", None),
        ("class A:\n    pytest = 1\n    def f(self): here", "pytest.mark.asyncio"),
        ("here\nimport pytest", None),  # too late
        ("def f(): here\nimport pytest", "pytest.mark.asyncio"),  # runs later
        ("here\nfrom pytest import mark", "pytest.mark.asyncio"),
    ],
)
def test_a_reference_looks_at_the_scopes_around_it(text: str, expected: str | None) -> None:
    found = at(text)
    assert (found and found[0]) == expected


def test_an_import_inside_the_function_is_enough_there() -> None:
    assert at("def f():\n    import pytest as pt\n    here") == ("pt.mark.asyncio", ())
    assert at("def f():\n    here\n    import pytest as pt") == (
        "pytest.mark.asyncio",
        (Import("pytest"),),
    )
    assert at("def f():\n    if a:\n        import pytest as pt\n    here") == (
        "pytest.mark.asyncio",
        (Import("pytest"),),
    )

"""Which parameters a function asks pytest for, and which tokens of a file are one name."""

from __future__ import annotations

import pytest

from codemods.engine.names import Names
from codemods.engine.source import Source
from codemods.engine.tokens import Tokens
from codemods.facts.suite.scan import scan


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
        getattr(t.target.node, "name", type(t.target.node).__name__) if t.target else None
        for t in sorted(tokens.tokens, key=lambda token: token.start)
    ]
    assert where == [
        "f",
        "f",
        "f",
        "K",
        "K",
        "f",
        "ListComp",
        "ListComp",
        "f",
        "ListComp",
        "Module",
        "Module",
        "Lambda",
        "f",
        "Lambda",
        "Module",
    ]

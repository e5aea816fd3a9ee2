"""Small edits: what they make of the text, and that Python reads it as it was meant."""

from __future__ import annotations

import ast

import pytest

from codemods.engine.edits import add_keyword, drop_keyword
from codemods.engine.source import Source
from codemods.engine.values import Edit


def call_in(file: Source) -> ast.expr:
    """The first statement's value, or the first decorator of a definition."""
    node = file.tree.body[0]
    if isinstance(node, ast.FunctionDef):
        return node.decorator_list[0]
    assert isinstance(node, ast.Expr)
    return node.value


def applied(file: Source, edit: Edit | None) -> str | None:
    return None if edit is None else file.text[: edit.start] + edit.new + file.text[edit.end :]


ADDED = [
    ("f()", "f(k=1)"),
    ("f( )", "f(k=1 )"),
    ("(f)()", "(f)(k=1)"),
    ("f(  # why\n)", "f(k=1  # why\n)"),
    ("f(a)", "f(a, k=1)"),
    ("f(a, b=2)", "f(a, b=2, k=1)"),
    ("f(a, )", "f(a, k=1 )"),
    ("f((a))", "f((a), k=1)"),
    ("f((a)  ,)", "f((a)  , k=1)"),
    ("f(*a, **b)", "f(*a, **b, k=1)"),
    ("f((x for x in y))", "f((x for x in y), k=1)"),
    ("f(x for x in y)", None),
    ("f(k=2)", None),
    ("f('#', \")\")", "f('#', \")\", k=1)"),
    ("f(\n    a,\n    b=2,\n)", "f(\n    a,\n    b=2,\n    k=1,\n)"),
    ("f(\n    a,\n    b=2\n)", "f(\n    a,\n    b=2,\n    k=1\n)"),
    ("f(\n    a,  # first\n    b=2,  # second\n)", "f(\n    a,  # first\n    b=2,  # second\n    k=1,\n)"),
    ("f(\n    a,\n    b=2  # second\n)", "f(\n    a,\n    b=2,  # second\n    k=1\n)"),
    ("f(\n    a, b=2)", "f(\n    a, b=2, k=1)"),
    ("f(a,\n  b)", "f(a,\n  b, k=1)"),
    ("f(a \\\n  )", "f(a, k=1 \\\n  )"),
    ("f(\r\n    a,\r\n)", "f(\r\n    a,\r\n    k=1,\r\n)"),
    ("@m.f\ndef g(): ...", "@m.f(k=1)\ndef g(): ..."),
    ("@(m.f)\ndef g(): ...", "@(m.f(k=1))\ndef g(): ..."),
    ("@f(a)\ndef g(): ...", "@f(a, k=1)\ndef g(): ..."),
    ("f(g(a, b), c(d))", "f(g(a, b), c(d), k=1)"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ADDED, ids=[t for t, _ in ADDED])
def test_a_keyword_is_added_behind_the_others(text: str, expected: str | None) -> None:
    file = Source("a.py", text.encode())
    assert applied(file, add_keyword(file, call_in(file), "k", "1")) == expected
    if expected is not None:
        after = call_in(Source("a.py", expected.encode()))
        assert isinstance(after, ast.Call)
        assert after.keywords[-1].arg == "k"


FIRST = [
    ("f(a, b=2)", "f(a, k=1, b=2)"),
    ("f(b=2)", "f(k=1, b=2)"),
    ("f(a)", "f(a, k=1)"),
    ("f(\n    a,\n    b=2,\n)", "f(\n    a,\n    k=1,\n    b=2,\n)"),
    ("f(**b)", "f(k=1, **b)"),
]


@pytest.mark.parametrize(("text", "expected"), FIRST, ids=[t for t, _ in FIRST])
def test_a_keyword_is_added_before_the_other_keywords(text: str, expected: str) -> None:
    file = Source("a.py", text.encode())
    assert applied(file, add_keyword(file, call_in(file), "k", "1", first=True)) == expected


DROPPED = [
    ("f(k=1)", "f()"),
    ("f(k=1,)", "f()"),
    ("f(a, k=1)", "f(a)"),
    ("f(a, k=1, b=2)", "f(a, b=2)"),
    ("f(k=1, b=2)", "f(b=2)"),
    ("f(a, k=(1), )", "f(a, )"),
    ("f((a), k=1)", "f((a))"),
    ("f(\n    a,\n    k=1,\n    b=2,\n)", "f(\n    a,\n    b=2,\n)"),
    ("f(\n    k=1,\n    b=2,\n)", "f(\n    b=2,\n)"),
    ("f(\n    a,\n    k=1,  # why\n    b=2,\n)", None),
    ("f(\n    a,\n    # why\n    k=1,\n)", None),
    ("f(a, k='#')", "f(a)"),
    ("f(a)", None),
    ("f(**k)", None),
]


@pytest.mark.parametrize(("text", "expected"), DROPPED, ids=[t for t, _ in DROPPED])
def test_a_keyword_is_taken_away(text: str, expected: str | None) -> None:
    file = Source("a.py", text.encode())
    call = call_in(file)
    assert isinstance(call, ast.Call)
    assert applied(file, drop_keyword(file, call, "k")) == expected

"""Small edits: what they make of the text, and that Python reads it as it was meant."""

from __future__ import annotations

import ast

import pytest

from codemods.engine.arguments import arguments
from codemods.engine.edits import add_keyword, add_parameter, drop_keyword
from codemods.engine.source import Source, is_function
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


# header before, one more by position or keyword, one more by keyword only
PARAMETERS = [
    ("def f():", "def f(k=1):", "def f(*, k=1):"),
    ("def f( ):", "def f(k=1 ):", "def f(*, k=1 ):"),
    ("def f(a):", "def f(a, k=1):", "def f(a, *, k=1):"),
    ("def f(a,):", "def f(a, k=1,):", "def f(a, *, k=1,):"),
    ("def f(a=(1)):", "def f(a=(1), k=1):", "def f(a=(1), *, k=1):"),
    ("def f(a: 'x)' = (1), ):", "def f(a: 'x)' = (1), k=1, ):", "def f(a: 'x)' = (1), *, k=1, ):"),
    ("def f(a, /):", "def f(a, /, k=1):", "def f(a, /, *, k=1):"),
    ("def f(a=1, /, ):", "def f(a=1, /, k=1, ):", "def f(a=1, /, *, k=1, ):"),
    ("def f(a, /, b):", "def f(a, /, b, k=1):", "def f(a, /, b, *, k=1):"),
    ("def f(a, /, **r):", "def f(a, /, k=1, **r):", "def f(a, /, *, k=1, **r):"),
    ("def f(**r):", "def f(k=1, **r):", "def f(*, k=1, **r):"),
    ("def f(a, **r):", "def f(a, k=1, **r):", "def f(a, *, k=1, **r):"),
    ("def f(a, *s):", "def f(a, k=1, *s):", "def f(a, *s, k=1):"),
    ("def f(*s: int, **r):", "def f(k=1, *s: int, **r):", "def f(*s: int, k=1, **r):"),
    ("def f(a, *, b):", "def f(a, k=1, *, b):", "def f(a, *, b, k=1):"),
    ("def f(a, *, b=(2), **r):", "def f(a, k=1, *, b=(2), **r):", "def f(a, *, b=(2), k=1, **r):"),
    ("def f(a) -> (int):", "def f(a, k=1) -> (int):", "def f(a, *, k=1) -> (int):"),
    (
        "def f(\n    a,\n    b=2,\n):",
        "def f(\n    a,\n    b=2,\n    k=1,\n):",
        "def f(\n    a,\n    b=2,\n    *,\n    k=1,\n):",
    ),
    (
        "def f(\n    a,  # (one)\n    b=2  # two\n):",
        "def f(\n    a,  # (one)\n    b=2,  # two\n    k=1\n):",
        "def f(\n    a,  # (one)\n    b=2,  # two\n    *,\n    k=1\n):",
    ),
    (
        "def f(\n    a,\n    **r,\n):",
        "def f(\n    a,\n    k=1,\n    **r,\n):",
        "def f(\n    a,\n    *,\n    k=1,\n    **r,\n):",
    ),
    ("def f(\n    **r,\n):", "def f(\n    k=1,\n    **r,\n):", "def f(\n    *,\n    k=1,\n    **r,\n):"),
    (
        "def f(\n    *s,\n    **r,\n):",
        "def f(\n    k=1,\n    *s,\n    **r,\n):",
        "def f(\n    *s,\n    k=1,\n    **r,\n):",
    ),
    ("def f(a,\n      b):", "def f(a,\n      b, k=1):", "def f(a,\n      b, *, k=1):"),
    ("def f(\n    a, b\n):", "def f(\n    a, b, k=1\n):", "def f(\n    a, b, *, k=1\n):"),
    ("async def f(a):", "async def f(a, k=1):", "async def f(a, *, k=1):"),
    ("def f \\\n (a):", "def f \\\n (a, k=1):", "def f \\\n (a, *, k=1):"),
    ("def f(\r\n    a,\r\n):", "def f(\r\n    a,\r\n    k=1,\r\n):", "def f(\r\n    a,\r\n    *,\r\n    k=1,\r\n):"),
]


@pytest.mark.parametrize(("text", "plain", "named"), PARAMETERS, ids=[t for t, *_ in PARAMETERS])
def test_a_parameter_is_added_behind_the_others(text: str, plain: str, named: str) -> None:
    file = Source("a.py", f"{text} pass\n".encode())
    node = file.tree.body[0]
    assert is_function(node)
    for expected, keyword_only in ((plain, False), (named, True)):
        found = applied(file, add_parameter(file, node, "k=1", keyword_only))
        assert found == f"{expected} pass\n"
        after = ast.parse(found).body[0]
        assert is_function(after)
        names = [a.arg for a in (after.args.kwonlyargs if keyword_only else [*after.args.args])]
        assert names[-1] == "k"
        assert {a.arg for a in arguments(after.args)} == {*(a.arg for a in arguments(node.args)), "k"}

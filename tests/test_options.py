"""A codemod's fields as options: command line, configuration and golden cases agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from codemods.engine.codemod import Codemod, OptionError, identifier, option
from codemods.engine.options import Option, describe, parse_arguments


@dataclass(frozen=True)
class Example(Codemod):
    """Show every kind of option."""

    new: str = option(help="the new name", metavar="NAME")
    old: str = option("db", help="the old name")
    all: bool = option(False, help="look everywhere")
    style: str = option("function", help="where marks go", choices=("function", "class"))
    limit: int = option(3, help="how many")
    share: float = option(0.5, help="how much")
    names: tuple[str, ...] = option((), help="some names")
    sizes: tuple[int, ...] = option((1,), help="some sizes", choices=(1, 2, 3))  # type: ignore[arg-type]


OPTIONS: Mapping[str, Option] = {o.name: o for o in describe(Example)}


def test_fields_are_options_in_their_order() -> None:
    assert list(OPTIONS) == ["new", "old", "all", "style", "limit", "share", "names", "sizes"]
    assert OPTIONS["new"].required
    assert OPTIONS["new"].metavar == "NAME"
    assert not OPTIONS["old"].required
    assert OPTIONS["names"].kind is str
    assert OPTIONS["names"].many
    assert OPTIONS["style"].choices == ("function", "class")
    assert OPTIONS["share"].flag == "--share"


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("old", "x", "x"),
        ("old", "", ""),
        ("old", "1", "1"),
        ("all", True, True),
        ("all", "true", True),
        ("all", "No", False),
        ("all", "off", False),
        ("all", 1, True),
        ("limit", 7, 7),
        ("limit", "7", 7),
        ("limit", 7.0, 7),
        ("share", 1, 1.0),
        ("share", "0.25", 0.25),
        ("style", "class", "class"),
        ("names", ["a", "b"], ("a", "b")),
        ("names", ("a", "b"), ("a", "b")),
        ("names", "a, b,", ("a", "b")),
        ("names", "", ()),
        ("names", [], ()),
        ("sizes", "1,3", (1, 3)),
    ],
)
def test_a_value_becomes_what_the_option_holds(name: str, value: object, expected: object) -> None:
    found = OPTIONS[name].convert(value)
    assert found == expected
    assert type(found) is type(expected)
    assert OPTIONS[name].convert(found) == found


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("old", 3.1, "--old: 3.1 is not accepted; a text is needed"),
        ("old", True, "--old: True is not accepted; a text is needed"),
        ("old", ["a"], "--old: ['a'] is not accepted; a text is needed"),
        ("all", "maybe", "--all: 'maybe' is not accepted; true or false is needed"),
        ("limit", "many", "--limit: 'many' is not accepted; a whole number is needed"),
        ("limit", 3.5, "--limit: 3.5 is not accepted; a whole number is needed"),
        ("limit", True, "--limit: True is not accepted; a whole number is needed"),
        ("share", "half", "--share: 'half' is not accepted; a number is needed"),
        ("style", "module", "--style: 'module' is not accepted; one of function, class is needed"),
        ("names", 3, "--names: 3 is not accepted; a list is needed"),
        ("names", ["a", 3], "--names: 3 is not accepted; a text is needed"),
        ("sizes", "1,9", "--sizes: '9' is not accepted; one of 1, 2, 3 is needed"),
    ],
)
def test_a_value_that_cannot_be_used_says_what_can(name: str, value: object, message: str) -> None:
    with pytest.raises(OptionError) as caught:
        OPTIONS[name].convert(value)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], {}),
        (["--old", "a"], {"old": "a"}),
        (["--old=-a"], {"old": "-a"}),
        (["--all"], {"all": True}),
        (["--no-all"], {"all": False}),
        (["--names", "a", "--names", "b,c"], {"names": ("a", "b,c")}),
        (["--limit", "4", "--style", "class"], {"style": "class", "limit": 4}),
    ],
)
def test_words_are_parsed_as_on_the_command_line(words: list[str], expected: dict[str, Any]) -> None:
    assert dict(parse_arguments(Example, words)) == expected


@pytest.mark.parametrize(
    "words", [["--nothing"], ["word"], ["--ol", "a"], ["--limit", "x"], ["--old"], ["--all=yes"]]
)
def test_words_that_are_no_options_are_refused(words: list[str]) -> None:
    with pytest.raises(ValueError):
        parse_arguments(Example, words)


@dataclass(frozen=True)
class Wrong(Codemod):
    """Have an option that nobody can give."""

    table: dict[str, str] = option(None, help="a table")  # noqa: RUF009


def test_a_type_that_no_command_line_can_give_is_refused() -> None:
    with pytest.raises(TypeError, match="option table has the type"):
        describe(Wrong)


@pytest.mark.parametrize("name", ["a", "é", "_x1"])
def test_an_identifier_is_accepted(name: str) -> None:
    identifier("new", name)


@pytest.mark.parametrize("name", ["", "1a", "a-b", "a.b", "class", "None"])
def test_what_is_no_identifier_is_refused(name: str) -> None:
    with pytest.raises(OptionError, match="a Python identifier is needed"):
        identifier("new", name)

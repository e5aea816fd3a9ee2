"""A codemod's fields as options: command line, configuration and golden cases agree."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from codemods.engine import registry
from codemods.engine.codemod import Codemod, OptionError, OptionTable, identifier, option
from codemods.engine.options import Option, describe, parse_arguments
from tests.command import codemod


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
    raises: Mapping[str, tuple[str, ...]] = option({}, help="what functions raise", metavar="FUNCTION=ERROR,…")


OPTIONS: Mapping[str, Option] = {o.name: o for o in describe(Example)}


def test_fields_are_options_in_their_order() -> None:
    assert list(OPTIONS) == ["new", "old", "all", "style", "limit", "share", "names", "sizes", "raises"]
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
        ("raises", "", OptionTable()),
        ("raises", [], OptionTable()),
        ("raises", "b.f = B.Y , A", OptionTable({"b.f": ("B.Y", "A")})),
        ("raises", "b.f=Y;a.f=X", OptionTable({"a.f": ("X",), "b.f": ("Y",)})),
        ("raises", ["b.f=Y", "a.f=", "b.f=Z,Y"], OptionTable({"a.f": (), "b.f": ("Y", "Z")})),
        ("raises", {"a.f": ["X", "Y"]}, OptionTable({"a.f": ("X", "Y")})),
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
        ("raises", "a.f", "--raises: 'a.f' is not accepted; FUNCTION=ERROR,… is needed"),
        ("raises", ["=X"], "--raises: '=X' is not accepted; FUNCTION=ERROR,… is needed"),
        ("raises", 3, "--raises: 3 is not accepted; FUNCTION=ERROR,… is needed"),
        ("raises", [3], "--raises: 3 is not accepted; FUNCTION=ERROR,… is needed"),
        ("raises", {"a.f": "X"}, "--raises: {'a.f': 'X'} is not accepted; FUNCTION=ERROR,… is needed"),
        ("raises", {"a.f": [3]}, "--raises: 3 is not accepted; a text is needed"),
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
        (["--raises", "b.f=X", "--raises=a.f=Y,Z"], {"raises": {"a.f": ("Y", "Z"), "b.f": ("X",)}}),
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


TELL = Path(__file__).parent / "local" / "tell_calls.py"


@pytest.fixture
def told(make_repo: Callable[..., Path]) -> Path:
    """A repository whose configuration has a table for a codemod."""
    table = '[tool.codemod."tell_calls.py".told]\nf = ["a", "b"]\n"pkg.g" = []\n'
    files = {"pyproject.toml": table, "a.py": "f()\ng()\n", "tell_calls.py": TELL.read_text()}
    return make_repo(files)


def test_a_table_comes_from_the_configuration(told: Path) -> None:
    ran = codemod(told, "run", "tell_calls.py", "--dry-run", "--output-format", "json")
    assert ran.returncode == 0, ran.stderr
    [step] = json.loads(ran.stdout)["steps"]
    assert step["options"] == {"told": {"f": ["a", "b"], "pkg.g": []}}
    assert '+f("a", "b")\n' in codemod(told, "diff", "tell-calls").stdout  # from the plan that was kept


def test_a_table_of_the_command_line_is_repeated(told: Path, git: Callable[..., str]) -> None:
    ran = codemod(told, "run", "tell_calls.py", "--told", "g=x", "--told", "f=1", "--told", "g=y")
    assert ran.returncode == 0, ran.stderr
    message = git(told, "log", "-1", "--format=%B", "codemod/tell-calls")
    assert "To repeat: codemod run tell_calls.py --told f=1 --told g=x,y\n" in message
    assert git(told, "show", "codemod/tell-calls:a.py") == 'f("1")\ng("x", "y")'
    again = codemod(told, "run", "tell_calls.py", "-n", "-o", "tell-calls.told=f=1;g=x,y", "--show-settings")
    [step] = tomllib.loads(again.stdout)["step"]
    assert step["told"] == {"f": ["1"], "g": ["x", "y"]}
    assert (
        codemod(told, "run", "tell_calls.py", "-n", "-o", "tell-calls.told=").stderr == "tell-calls: nothing to do\n"
    )


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ('told = "a"', 'told: "a" is not accepted; a table is needed: "name" = ["text", …]'),
        ('told = ["f=a"]', 'told: ["f=a"] is not accepted; a table is needed: "name" = ["text", …]'),
        ('told = {f = "a"}', 'told: "a" is not accepted; a list is needed, in brackets: f = ["a"]'),
        ('told = {"pkg.f" = "a"}', 'told: "a" is not accepted; a list is needed, in brackets: "pkg.f" = ["a"]'),
        ("told = {f = [1]}", "told: 1 is not accepted; a text is needed, in quotes"),
        ("told = {f = [true]}", "told: true is not accepted; a text is needed, in quotes"),
    ],
)
def test_a_table_that_cannot_be_used_is_told_with_its_place(told: Path, table: str, message: str) -> None:
    (told / "pyproject.toml").write_text(f'[tool.codemod."tell_calls.py"]\n{table}\n')
    ran = codemod(told, "run", "tell_calls.py", "--dry-run")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == f'codemod: {told}/pyproject.toml: "tell_calls.py".{message}\n'


def test_a_name_with_dots_needs_no_quotes(told: Path) -> None:
    (told / "pyproject.toml").write_text('[tool.codemod."tell_calls.py".told]\npkg.mod.g = ["a"]\npkg.h = []\n')
    ran = codemod(told, "run", "tell_calls.py", "--show-settings")
    assert '\ntold = {"pkg.h" = [], "pkg.mod.g" = ["a"]}  # ' in ran.stdout


def test_the_default_of_a_table_is_one() -> None:
    [option] = describe(registry.load(str(TELL)))
    assert option.default == {"z": ("never",)}
    assert option.word(option.default) == "z=never"
    assert hash(option.default) == hash(option.convert("z=never"))

"""Layouts as TOML: read, written, and what is said of one that is wrong."""

from __future__ import annotations

import pytest

from codemods.engine.codemod import OptionError
from codemods.split_module.layout import Layout, Part, check, read, write

TOML = """\
module = "shop/big.py"

[[part]]
name = "models"
doc = "What an order is."
defs = [
    "Order", "Line",
]

[[part]]
name = "_core"
defs = [
    "TAX",
]
"""
LAYOUT = Layout(
    module="shop/big.py",
    parts=(
        Part(name="models", doc="What an order is.", defs=("Order", "Line")),
        Part(name="_core", defs=("TAX",)),
    ),
)


def test_a_layout_is_read() -> None:
    assert read(TOML) == LAYOUT
    assert LAYOUT.home == {"Order": "models", "Line": "models", "TAX": "_core"}


def test_a_layout_is_written() -> None:
    assert write(LAYOUT) == TOML


def test_notes_and_a_head_are_comments() -> None:
    text = write(LAYOUT, {"models": "12 lines\nbecause: they use each other"}, ["shop/big.py: 20 lines"])
    assert text.startswith("# shop/big.py: 20 lines\n")
    assert 'doc = "What an order is."\n# 12 lines\n# because: they use each other\ndefs = [' in text
    assert read(text) == LAYOUT


@pytest.mark.parametrize("doc", ['say "no"', "back\\slash", "two\nlines", "tab\t", "\x00\x7f", "naïve → ü"])
def test_any_text_is_written_so_that_it_is_read_again(doc: str) -> None:
    layout = Layout(parts=(Part(name="a", doc=doc, defs=("f", "größe")),))
    assert read(write(layout)) == layout


def test_many_definitions_stand_on_several_lines() -> None:
    layout = Layout(parts=(Part(name="a", defs=tuple(f"definition_{n}" for n in range(30))),))
    text = write(layout)
    assert max(map(len, text.splitlines())) <= 100
    assert read(text) == layout


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[part]\n", "--layout: the file: no TOML: Expected ']]' at the end of an array declaration (at line 1, column 7)"),
        ("", "--layout: part: write [[part]] for each part, with name, doc and defs"),
        ("part = 1", "--layout: part: write [[part]] for each part, with name, doc and defs"),
        ("module = 1", "--layout: module: the path of the module is needed, as a text"),
        ('modul = "a.py"', "--layout: the file: there is no key 'modul'; did you mean module?"),
        ('[[part]]\nname = "a"\ndefs = ["f"]\ndef = 1', "--layout: part 'a': there is no key 'def'; did you mean defs?"),
        ('[[part]]\ndefs = ["f"]', "--layout: name of part 1: the name of a Python module is needed, as models or _core"),
        (
            '[[part]]\nname = "a-b"\ndefs = ["f"]',
            "--layout: name of part 1: the name of a Python module is needed, as models or _core",
        ),
        (
            '[[part]]\nname = "class"\ndefs = ["f"]',
            "--layout: name of part 1: the name of a Python module is needed, as models or _core",
        ),
        (
            '[[part]]\nname = "__init__"\ndefs = ["f"]',
            "--layout: name of part 1: the name of a Python module is needed, as models or _core",
        ),
        (
            '[[part]]\nname = "a"\ndoc = 1\ndefs = ["f"]',
            "--layout: doc of part 'a': the docstring of the part is needed, as a text",
        ),
        (
            '[[part]]\nname = "a"\ndefs = []',
            "--layout: defs of part 'a': the names of definitions are needed, as [\"Order\", \"total\"]",
        ),
        (
            '[[part]]\nname = "a"\ndefs = ["f", "g", "f"]',
            "--layout: defs of part 'a': f is in part 'a' already; leave it in one of them",
        ),
        (
            '[[part]]\nname = "a"\ndefs = ["f"]\n[[part]]\nname = "b"\ndefs = ["f"]',
            "--layout: defs of part 'b': f is in part 'a' already; leave it in one of them",
        ),
        (
            '[[part]]\nname = "a"\ndefs = ["f"]\n[[part]]\nname = "A"\ndefs = ["g"]',
            "--layout: part 'a': another part is called so; give each part a name of its own",
        ),
    ],
)  # fmt: skip
def test_a_layout_that_is_wrong_is_told_in_one_line(text: str, told: str) -> None:
    with pytest.raises(OptionError) as caught:
        read(text)
    assert str(caught.value) == told


@pytest.mark.parametrize(
    ("known", "told"),
    [
        (
            ["Order", "Line", "TAX", "total", "ship"],
            "--layout: part: no part has ship, total; put each definition into the defs of one part",
        ),
        (["Order", "Lines", "TAX"], "--layout: defs of part 'models': the module does not define Line; did you mean Lines?"),
    ],
)  # fmt: skip
def test_a_layout_has_each_definition_of_its_module(known: list[str], told: str) -> None:
    with pytest.raises(OptionError) as caught:
        check(LAYOUT, known)
    assert str(caught.value) == told
    check(LAYOUT, ["TAX", "Line", "Order"])

"""add-parameter: what it refuses, and that programs which were changed still run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from codemods.engine import golden
from codemods.engine.codemod import OptionError
from tests.command import codemod

SHOP = b"LEVEL = 1\n\n\ndef send(text):\n    return text\n\n\nclass Text:\n    def trim(self):\n        return send(self)\n"


def added(*arguments: str) -> dict[str, bytes | None]:
    return dict(golden.run("add-parameter", arguments, {"shop.py": SHOP}).changed)


@pytest.mark.parametrize(
    ("parameter", "why"),
    [
        ("x: list = []", "a default that all calls share and may change is not; None, and the body makes one"),
        ("x={}", "a default that all calls share"),
        ("x={1}", "a default that all calls share"),
        ("x=[y for y in z]", "a default that all calls share"),
        ("x=list()", "a default that all calls share"),
        ("x=collections.defaultdict(list)", "a default that all calls share"),
        ("x=bytearray()", "a default that all calls share"),
        ("x y", "a parameter as a function has it is needed"),
        ("x, y", "a parameter as a function has it is needed"),
        ("x=1): pass\ndef f(y", "a parameter as a function has it is needed"),
        ("x=1  # so", "a parameter as a function has it is needed"),
        ("*x", "a parameter as a function has it is needed"),
        ("**x", "a parameter as a function has it is needed"),
        ("x, /", "a parameter as a function has it is needed"),
        ("", "a parameter as a function has it is needed"),
        ("class", "a parameter as a function has it is needed"),
    ],
)
def test_a_parameter_that_no_function_should_have_is_refused(parameter: str, why: str) -> None:
    with pytest.raises(OptionError, match=rf"--parameter: .* is not accepted; {why}"):
        added("--function", "shop.send", "--parameter", parameter, "--value", "1")


@pytest.mark.parametrize("default", ["None", "()", "(1, 2)", "''", "frozenset()", "b''", "-1", "1 + 1", "f'{1}'"])
def test_a_default_that_nobody_can_change_is_taken(default: str) -> None:
    changed = added("--function", "shop.send", "--parameter", f"x: object = {default}")
    assert f"def send(text, x: object = {default}):".encode() in (changed["shop.py"] or b"")


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (["--parameter", "x"], "--value: is needed; calls must give something for a parameter without a default"),
        (["--parameter", "x=1", "--value", "a b"], "--value: 'a b' is not accepted; an expression is needed"),
        (["--parameter", "x=1", "--value", "1, y=2"], "--value: '1, y=2' is not accepted; an expression is needed"),
        (["--parameter", "x=1", "--value", "1  # so"], "--value: .* is not accepted; an expression is needed"),
        (["--parameter", "x=1", "--value", "await y"], "--value: 'await y' is not accepted; an expression that may"),
        (["--parameter", "x=1", "--value", "(y := 1)"], "--value: .* is not accepted; an expression that may stand"),
        (["--parameter", "x=1", "--value-in-tests", "1)("], "--value-in-tests: .* is not accepted; an expression is"),
    ],
)
def test_a_value_that_no_call_can_give_is_refused(given: list[str], why: str) -> None:
    with pytest.raises(OptionError, match=why):
        added("--function", "shop.send", *given)


@pytest.mark.parametrize("name", ["shop.gone", "shop", "shop.Text.gone", "gone.send"])
def test_what_is_no_function_of_the_project_is_refused(name: str) -> None:
    with pytest.raises(OptionError, match=r"--function: .* is not accepted; the dotted name of a function"):
        added("--function", name, "--parameter", "x=1")


PROGRAM = {
    "shop/__init__.py": "from .text import send as send\nfrom .text import Text, Sub\n",
    "shop/text.py": '''
from functools import lru_cache, partial


@lru_cache
def send(text, *, size=1):
    """Send.

    Args:
        text: what is sent.
    """
    return text * size if size < 2 else send(text) + send(text, size=size - 1)


class Text:
    def load(self, path):
        return [path]

    @classmethod
    def make(cls, path="p"):
        return cls().load(path)


class Sub(Text):
    def load(self, path, more=()):
        return [*super().load(path), *more]


again = partial(send, size=2)
''',
    "main.py": """
import shop
from shop import Sub, Text, send as post


def main(text: Text):
    print(shop.send("a"), post("b", size=3), f"{post('c')}{text.load('d')}", shop.text.again("e"))
    print(Text.make(), Sub.make(), Sub().load("f", "g"), Sub.load(Sub(), *["h"]))


if __name__ == "__main__":
    main(Text())
    main(Sub())
""",
}


@pytest.mark.parametrize("parameter", ["strict: bool = False", "strict: bool", "*, strict=None"])
def test_a_program_says_the_same_with_one_more_parameter(parameter: str, tmp_path: Path) -> None:
    for name, text in PROGRAM.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)

    def told() -> str:
        return subprocess.run(
            [sys.executable, "main.py"], capture_output=True, text=True, check=True, cwd=tmp_path
        ).stdout

    before = told()
    functions = ["--function", "shop.text.send", "--function", "shop.Text.load"]
    done = codemod(
        tmp_path, "run", "add-parameter", *functions, "--parameter", parameter, "--value", "True", "--in-place"
    )
    assert done.returncode == 0, done.stderr
    assert told() == before
    text = (tmp_path / "shop/text.py").read_text() + (tmp_path / "main.py").read_text()
    assert text.count("strict=True") == 8
    assert text.count("strict=strict") == 3  # in send itself, and by super()

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
        ("__x=1", "a name that classes and type checkers take for a keyword is needed"),
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


def test_options_that_must_be_given_are_told_so(tmp_path: Path) -> None:
    done = codemod(tmp_path, "explain", "add-parameter")
    assert done.returncode == 0, done.stderr
    assert "--function  what gets the parameter: pkg.mod.f, pkg.mod.Cls.f, pkg.mod.Cls [required]" in done.stdout


# ---- each kind of signature --------------------------------------------------------------------

SHAPES = {
    "(a)": ["(1)", "(a=1)", "(*[1])", "(**{'a': 1})"],
    "(a, b=2)": ["(1)", "(1, 2)", "(b=1, a=2)", "(*[1], b=3)"],
    "(a, /)": ["(1)", "(*[1])"],
    "(a=1, /, b=2)": ["()", "(1)", "(1, b=3)"],
    "(*a)": ["()", "(1, 2)", "(*[1, 2], 3)"],
    "(a, *b, c=3)": ["(1)", "(1, 2, 3)", "(1, c=2)"],
    "(*, a)": ["(a=1)"],
    "(*, a=1, b)": ["(b=1)", "(b=1, a=2)"],
    "(**a)": ["()", "(b=1)"],
    "(a, b=1, **c)": ["(1)", "(1, 2, d=3)", "(a=1, d=2)"],
    "(a, *b, c, **d)": ["(1, c=2)", "(1, 2, c=3, e=4)"],
    "()": ["()", "(*[])"],
}


@pytest.mark.parametrize("default", ["", "=0"])
@pytest.mark.parametrize("shape", SHAPES)
def test_all_kinds_of_calls_mean_the_same_arguments(shape: str, default: str) -> None:
    calls = [f"{way}{call}" for call in SHAPES[shape] if "**" not in call for way in ("f", "g")]
    text = f"def f{shape}:\n    return sorted(locals().items(), key=lambda each: each[0])\n"
    app = "from functools import partial\n\nfrom shop import f\nfrom shop import f as g\n\n"
    app += f"found = [{', '.join([*calls, 'partial(f)'])}][:-1]\n"
    files = {"shop.py": text.encode(), "app.py": app.encode()}
    arguments = ["--function", "shop.f", "--parameter", f"new{default}", "--value", "7"]
    changed = golden.run("add-parameter", arguments, files).changed
    before, after = (_found(files | {name: data or b"" for name, data in each.items()}) for each in ({}, changed))
    assert [[item for item in each if item[0] != "new"] for each in after] == before
    assert all(("new", 7) in each for each in after)


def _found(files: dict[str, bytes]) -> list[list[tuple[str, object]]]:
    shop: dict[str, object] = {}
    exec(files["shop.py"], shop)
    app: dict[str, object] = {"f": shop["f"], "g": shop["f"]}
    exec(b"\n".join(line for line in files["app.py"].splitlines() if b"shop" not in line), app)
    found = app["found"]
    assert isinstance(found, list)
    return found


def test_a_rename_a_move_and_a_parameter_in_one_run(tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop/__init__.py").write_text("")
    (tmp_path / "shop/text.py").write_text("def old(text):\n    return text\n\n\ndef stay():\n    return old(1)\n")
    (tmp_path / "app.py").write_text("from shop.text import old\n\nprint(old(1))\n")
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "first"]):
        subprocess.run([*git, *words], cwd=tmp_path, check=True)
    options = {
        "rename-symbol.symbol": "shop.text.old",
        "rename-symbol.to": "new",
        "move-symbol.symbol": "shop.text.new",
        "move-symbol.to": "shop.words",
        "add-parameter.function": "shop.words.new",
        "add-parameter.parameter": "log=False",
        "add-parameter.value": "True",
    }
    words = [word for name, value in options.items() for word in ("-o", f"{name}={value}")]
    done = codemod(tmp_path, "run", "rename-symbol,move-symbol,add-parameter", *words, "--branch", "all")
    assert done.returncode == 0, done.stderr
    log = subprocess.run(
        [*git, "log", "--format=%s", "all"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert log.stdout.count("\n") == 4, log.stdout
    subprocess.run([*git, "checkout", "-q", "all"], cwd=tmp_path, check=True)
    assert (tmp_path / "shop/words.py").read_text() == "def new(text, log=False):\n    return text\n"
    assert (tmp_path / "app.py").read_text() == "from shop.words import new\n\nprint(new(1, log=True))\n"
    assert "    return new(1, log=True)\n" in (tmp_path / "shop/text.py").read_text()

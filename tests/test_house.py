"""The rules of the house: which way imports go, what a codemod says of itself, how long a file may be."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import click
import pytest

from codemods.engine import registry
from codemods.engine.codemod import COMMON_CODES, Codemod
from codemods.engine.options import describe
from runner.usage import RUN_OPTIONS

TOP = Path(__file__).parent.parent
FILES = sorted(p for folder in ("codemods", "runner") for p in (TOP / folder).rglob("*.py"))
CODEMODS = [pytest.param(name, cls, id=name) for name, cls in registry.iterate()]


def name_of(path: Path) -> str:
    return path.relative_to(TOP).as_posix()


HEAVY = {"libcst", "black", "ruff", "rich", "asyncio", "importlib.metadata"}


def load(*modules: str) -> dict[str, set[str]]:
    """The heavy modules in a fresh process after it has imported each module in turn."""
    code = "import importlib, sys\nfor m in sys.argv[1:]: importlib.import_module(m); print(m, *sys.modules)"
    run = subprocess.run([sys.executable, "-c", code, *modules], capture_output=True, text=True, check=True, cwd=TOP)
    lines = [line.split() for line in run.stdout.splitlines()]
    return {module: HEAVY.intersection(loaded) for module, *loaded in lines}


def test_heavy_things_are_imported_late() -> None:
    assert load("codemods.engine.propose", "codemods.engine.work", "runner.run") == {
        "codemods.engine.propose": set(),
        "codemods.engine.work": set(),
        "runner.run": set(),
    }


def test_a_codemod_that_finds_nothing_needs_no_libcst() -> None:
    loaded = load(*(cls.__module__ for _, cls in registry.iterate()))
    assert [module for module, heavy in loaded.items() if "libcst" in heavy] == []


def test_a_local_name_in_an_f_string_needs_no_libcst() -> None:
    """Python 3.11 misplaces the names in it; where no other text holds the word, they stand where the word does."""
    text = 'def test_a():\n    db = 1\n    print(f"""\n {db}""" f"{db!r} {db.x}")\n'
    code = (
        "import sys; from codemods.engine import golden; "
        "print(golden.run('fixture-rename', (), {'test_a.py': sys.argv[1].encode()}).step.changes, 'libcst' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code, text], capture_output=True, text=True, check=True, cwd=TOP)
    assert run.stdout.split()[-1] == "False"


# ---- codemods ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "cls"), CODEMODS)
def test_the_docstring_starts_with_an_imperative_sentence(name: str, cls: type) -> None:
    doc = (cls.__doc__ or "").strip()
    first, _, rest = doc.partition("\n")
    assert re.fullmatch(r"[A-Z][a-z]+ [^\n]+\.", first), "one line, a capital, a full stop"
    verb = first.split()[0]
    assert not re.search(r"(s|ed|\w\w\wing)$", verb), f"{verb} is not imperative"
    assert rest.strip(), "what counts, what is left alone, why it is safe or not"


@pytest.mark.parametrize(("name", "cls"), CODEMODS)
def test_options_have_help_and_reuse_no_name_of_the_runner(name: str, cls: type) -> None:
    taken = {flag.lstrip("-") for option in RUN_OPTIONS for flag in (*option.opts, *option.secondary_opts)}
    taken |= {option.name or "" for option in RUN_OPTIONS}
    taken |= {"verify", "config", "help", "version"}
    for option in describe(cls):
        assert option.help, f"--{option.name} has no help"
        assert option.name not in taken
        assert option.flag.lstrip("-") not in taken


def test_the_runner_has_the_options_that_no_codemod_may_use() -> None:
    flags = {f for o in RUN_OPTIONS if isinstance(o, click.Option) for f in o.opts}
    assert {"--dry-run", "--unsafe", "--check", "--in-place", "--exclude", "--format"} <= flags


CONTRACT = ("needles", "scan", "wants", "decide", "find", "settle")


def methods(cls: type) -> set[str]:
    """What a class itself defines that can be called, but for what Python calls."""
    return {name for name, value in vars(cls).items() if callable(value) and not name.startswith("__")}


def test_the_contract_has_six_methods() -> None:
    public = {name for name in methods(Codemod) if not name.startswith("_")}
    assert public - {"subject"} == set(CONTRACT)


def test_most_codemods_have_no_more_methods_than_the_contract() -> None:
    few = [name for name, cls in registry.iterate() if len(methods(cls)) <= len(CONTRACT)]
    assert len(few) >= 4
    for name in few:
        assert methods(registry.load(name)) <= {*CONTRACT, "subject"}, name


@pytest.mark.parametrize("name", ["swap_call", "respell", "rename_everywhere"])
def test_a_codemod_that_looks_at_one_file_has_two_methods(name: str) -> None:
    assert methods(registry.load(str(TOP / f"tests/local/{name}.py"))) == {"needles", "find"}


def test_a_code_means_one_thing() -> None:
    codes = Counter(COMMON_CODES.keys())
    meanings = dict(COMMON_CODES)
    for _, cls in registry.iterate():
        for code, meaning in (*cls.codes.items(), *cls.remarks.items()):
            codes[code] += 1
            meanings[code] = meaning
    assert [code for code, count in codes.items() if count > 1] == []
    for code, meaning in meanings.items():
        assert re.fullmatch(r"[A-Z]\d\d\d?(-[a-z0-9]+)+", code)
        assert meaning
        assert "\n" not in meaning


def test_each_reason_to_leave_something_alone_is_given_in_some_case() -> None:
    told = [
        p.read_text(errors="replace") for p in (TOP / "golden").rglob("*.*") if p.suffix in (".py", ".pyi", ".toml")
    ]
    told += [p.read_text() for p in (TOP / "tests").glob("test_*.py")]
    given = set(re.findall(r"[A-Z]\d\d\d?(?:-[a-z0-9]+)+", "\n".join(told)))
    declared = {code for _, cls in registry.iterate() for code in cls.codes} | COMMON_CODES.keys()
    assert declared - given == set()


# ---- files -------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_module_says_what_it_is_for_and_is_short(path: Path) -> None:
    text = path.read_text()
    doc = ast.get_docstring(ast.parse(text))
    assert doc, "no docstring"
    assert text.count("\n") <= 400, "split it"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_annotations_are_not_evaluated(path: Path) -> None:
    assert "\nfrom __future__ import annotations\n" in path.read_text()

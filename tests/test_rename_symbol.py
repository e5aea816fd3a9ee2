"""rename-symbol: what it refuses, what stays under an old name when it runs, many symbols from a file, one scan for all."""

from __future__ import annotations

import subprocess
import sys
import warnings
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

import pytest

from codemods.engine import golden
from codemods.engine.codemod import OptionError
from codemods.engine.known import Project
from codemods.engine.source import Source
from codemods.facts.modules import Modules
from codemods.facts.references.asked import word_of
from codemods.facts.references.data import FileSites
from codemods.facts.references.scan import read
from codemods.facts.references.symbols import References
from tests.command import codemod

SHOP = b"def cut(text):\n    return text\n\n\nclass Text:\n    def trim(self):\n        return cut(self)\n"


def renamed(*arguments: str, **files: bytes) -> Mapping[str, bytes | None]:
    return golden.run("rename-symbol", arguments, {f"{name}.py": data for name, data in files.items()}).changed


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ([], "--symbol: is needed; the dotted name of what shall be renamed"),
        (["--symbol", "shop.cut"], "--to: is needed; one new name for each --symbol is needed"),
        (["--symbol", "shop.cut", "--to", "a", "--to", "b"], "--to: 'a, b' is not accepted; one new name for each"),
        (["--symbol", "shop.cut", "--to", "two words"], "--to: 'two words' is not accepted; a Python identifier"),
        (["--symbol", "shop.cut", "--to", "class"], "--to: 'class' is not accepted; a Python identifier"),
        (["--symbol", "shop.cut", "--to", "\ufb01x"], "is not accepted; Python reads it as fix"),
        (["--symbol", "", "--to", "a"], "--symbol: '' is not accepted; a dotted name is needed"),
        (["--symbol", "shop.cut(", "--to", "a"], r"--symbol: 'shop.cut\(' is not accepted; a dotted name is needed"),
        (["--symbol", "shop:cut", "--to", "a"], "--symbol: 'shop:cut' is not accepted; a dotted name is needed"),
        (
            ["--map", "shop.cut=a", "--symbol", "shop.cut", "--to", "b"],
            "shop.cut can get one new name, and b is given",
        ),
        (["--symbol", "shop.cut", "--to", "cut"], "--to: 'cut' is not accepted; another name"),
        (["--map", "shop.cut=a,b"], "--map: 'shop.cut' is not accepted; one new name"),
        (
            ["--symbol", "shop.gone.cut", "--to", "a"],
            "--symbol: 'shop.gone.cut' is not accepted; the dotted name of a",
        ),
        (["--symbol", "shop.cutt", "--to", "a"], "--symbol: 'shop.cutt' is not accepted; the dotted name of a"),
        (["--map", "shop.cutt=a"], "--map: 'shop.cutt' is not accepted; the dotted name of a"),
        (["--map", "renames.shop.cut=a"], 'a map is a line "shop.cut" = "a" for each, without a table around them'),
        (
            ["--symbol", "shop.Text.cut", "--to", "a"],
            "--symbol: 'shop.Text.cut' is not accepted; the dotted name of a",
        ),
        (
            ["--symbol", "shop.cut(trim)", "--to", "a"],
            r"--symbol: 'shop.cut\(trim\)' is not accepted; the dotted name",
        ),
        (
            ["--symbol", "shop.cut", "--to", "a", "--alias", "--leave-alias"],
            "--leave-alias: True is not accepted; --alias or",
        ),
    ],
)
def test_what_cannot_be_renamed_is_refused(given: list[str], why: str) -> None:
    with pytest.raises(OptionError, match=why):
        renamed(*given, shop=SHOP)


def test_a_file_that_cannot_be_read_and_has_not_the_name_says_nothing() -> None:
    assert renamed("--symbol", "shop.cut", "--to", "shorten_text", shop=SHOP, bad=b"print a\n").keys() == {"shop.py"}
    assert renamed("--symbol", "shop.cut", "--to", "shorten_text", shop=SHOP, bad=b"print cut\n") == {}


# ---- what stays under the old name -------------------------------------------------------------


def loaded(name: str, data: bytes | None, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    module = ModuleType(name)
    monkeypatch.setitem(sys.modules, name, module)
    exec(compile(data or b"", f"{name}.py", "exec"), module.__dict__)
    return module


USES = {
    "an attribute": "import shop\nfound = shop.cut",
    "an import": "from shop import cut as found",
}


@pytest.mark.parametrize("use", USES.values(), ids=USES)
def test_the_warning_of_an_old_name_points_to_who_uses_it(use: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = loaded(
        "shop", renamed("--symbol", "shop.cut", "--to", "trim_text", "--alias", shop=SHOP)["shop.py"], monkeypatch
    )
    place: dict[str, object] = {"__name__": "user"}
    with pytest.warns(DeprecationWarning, match="shop.cut is called trim_text now") as told:
        exec(compile(use, "user.py", "exec"), place)
    assert place["found"] is shop.trim_text
    assert {w.filename for w in told} == {"user.py"}


def test_the_warning_of_an_old_method_points_to_who_calls_it(monkeypatch: pytest.MonkeyPatch) -> None:
    shop = loaded(
        "shop", renamed("--symbol", "shop.Text.trim", "--to", "shorten", "--alias", shop=SHOP)["shop.py"], monkeypatch
    )
    text = shop.Text()
    with pytest.warns(DeprecationWarning, match="shop.Text.trim is called shorten now") as told:
        assert text.trim() is text
    assert {w.filename for w in told} == {__file__}


def test_the_code_of_the_project_does_not_take_the_old_name(monkeypatch: pytest.MonkeyPatch) -> None:
    app = b"import shop\nfrom shop import cut\nfound = [cut(1), shop.cut(2), shop.Text().trim()]\n"
    changed = renamed("--map", "shop.cut=trim_text", "--map", "shop.Text.trim=shorten", "--alias", shop=SHOP, app=app)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        loaded("shop", changed["shop.py"], monkeypatch)
        assert loaded("app", changed["app.py"], monkeypatch).found[:2] == [1, 2]


# ---- many at once ------------------------------------------------------------------------------


def project(tmp_path: Path) -> Path:
    (tmp_path / "shop.py").write_bytes(SHOP)
    (tmp_path / "app.py").write_text("from shop import Text, cut\n\nprint(cut(Text()))\n")
    for words in (["init", "-q"], ["add", "-A"], ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "a"]):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    return tmp_path


def test_a_file_names_many_symbols(tmp_path: Path) -> None:
    where = project(tmp_path)
    (where / "renames.toml").write_text('"shop.cut" = "trim"\n[shop]\nText = "Prose"\n"Text.trim" = "shorten"\n')
    run = codemod(where, "run", "rename-symbol", "--map", "renames.toml", "--in-place", "--format", "off")
    assert run.returncode == 0, run.stderr
    assert (where / "app.py").read_text() == "from shop import Prose, trim\n\nprint(trim(Prose()))\n"
    assert "def shorten(self):\n        return trim(self)" in (where / "shop.py").read_text()


def test_a_map_that_the_project_keeps_stays_as_it_is(tmp_path: Path) -> None:
    where = project(tmp_path)
    (where / "renames.toml").write_text('"shop.cut" = "trim"\n')
    (where / "other.toml").write_text('call = "shop.cut"\n')
    subprocess.run(["git", "add", "-A"], cwd=where, check=True)
    subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "a"], cwd=where, check=True)
    run = codemod(where, "run", "rename-symbol", "--map", "renames.toml", "--in-place", "--format", "off")
    assert run.returncode == 0, run.stderr
    assert (where / "renames.toml").read_text() == '"shop.cut" = "trim"\n'
    assert (where / "other.toml").read_text() == 'call = "shop.trim"\n'
    again = codemod(where, "run", "rename-symbol", "--map", "renames.toml", "--in-place", "--format", "off")
    assert (again.returncode, "nothing to do" in again.stderr) == (0, True)


def test_a_rename_that_is_refused_says_why(tmp_path: Path) -> None:
    run = codemod(project(tmp_path), "run", "rename-symbol", "--symbol", "shop.cut", "--to", "Text")
    assert run.returncode == 0
    assert "shop.py:5: Text is bound here already" in run.stderr


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (None, "--map: 'renames.toml' is not accepted; a file is needed that can be read: No such file or directory"),
        ("shop.cut = 1\n", "--map: "),
        ("shop.cut = \n", "--map: 'renames.toml' is not accepted; a table in TOML is needed: Invalid value"),
    ],
)
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, text: str | None, why: str) -> None:
    where = project(tmp_path)
    if text is not None:
        (where / "renames.toml").write_text(text)
    run = codemod(where, "run", "rename-symbol", "--map", "renames.toml")
    assert run.returncode == 2
    assert why in run.stderr
    assert run.stderr.count("\n") == 1


def test_a_hundred_symbols_read_each_file_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from codemods.rename_symbol import RenameSymbol

    text = "".join(f"def name_{n}():\n    return {n}\n\n\n" for n in range(100)).encode()
    words: list[str] = []
    scanned = RenameSymbol.scan
    monkeypatch.setattr(RenameSymbol, "scan", lambda self, file: words.append(file.path) or scanned(self, file))
    maps = [word for n in range(100) for word in ("--map", f"shop.name_{n}=called_{n}")]
    result = golden.run("rename-symbol", maps, {"shop.py": text, "other.py": b"name_7 = 1\n"})
    assert len(result.step.changes) == 100
    assert result.changed == {"shop.py": text.replace(b"name_", b"called_")}
    assert sorted(words[:2]) == ["other.py", "shop.py"]
    assert words.count("other.py") == 1


MANY = {
    "shop/__init__.py": "from .base import *\nfrom .texts import cut_text\n\n__all__ = ['cut_text', 'Base']\n",
    "shop/base.py": "class Base:\n    kind_of = 1\n\n    def run_all(self):\n        return self.run_one(self.kind_of)\n\n    def run_one(self, number):\n        return number\n",
    "shop/middle.py": "from .base import Base\n\n\nclass Middle(Base): ...\n",  # says none of the words
    "shop/texts.py": "LIMIT_OF = 3\n\n\ndef cut_text(text, limit=LIMIT_OF):\n    return text[:limit]\n\n\ndef join_texts(texts):\n    return ''.join(cut_text(t) for t in texts)\n",
    "shop/last.py": "from .middle import Middle\n\n\nclass Last(Middle):\n    def run_one(self, number):\n        return super().run_one(number) + len('„über“ run_one')\n\n    def stop_all(self): ...\n",
    "app.py": "import shop.texts as t\nfrom shop import cut_text\nfrom shop.last import Last\n\nprint(t.join_texts([cut_text('a', limit=t.LIMIT_OF)]), Last().run_all(), unknown.stop_all())\n",
    "tests/conftest.py": "import pytest\nfrom shop.last import Last\n\n\n@pytest.fixture\ndef last() -> Last:\n    return Last()\n",
    "tests/test_last.py": "from unittest.mock import patch\n\n\ndef test_last(last):\n    with patch('shop.texts.join_texts'):\n        last.run_all(), last.stop_all(), last.kind_of\n",
}  # fmt: skip
RENAMES = {  # what is inside of something stands above that
    "shop.texts.cut_text(limit)": "most", "shop.texts.cut_text": "trim_text", "shop.texts.join_texts": "put_together", "shop.texts.LIMIT_OF": "MOST_OF",
    "shop.base.Base.run_all": "do_all", "shop.base.Base.run_one": "do_one",
    "shop.base.Base.kind_of": "sort_of", "shop.base.Base": "Root", "shop.last.Last.stop_all": "end_all",
    "shop.last.Last": "Final", "shop.middle.Middle": "Between",
}  # fmt: skip


def test_a_map_gives_what_its_renames_give_one_after_the_other() -> None:
    before = {path: text.encode() for path, text in MANY.items()}
    maps = [word for old, new in RENAMES.items() for word in ("--map", f"{old}={new}")]
    together = golden.run("rename-symbol", [*maps, "--unsafe"], before)
    files = before
    for old, new in RENAMES.items():
        result = golden.run("rename-symbol", ["--symbol", old, "--to", new, "--unsafe"], files)
        assert len(result.composed.applied) == 1, old
        files = files | {path: data or b"" for path, data in result.changed.items()}
    assert len(together.composed.applied) == len(RENAMES)
    assert before | {path: data or b"" for path, data in together.changed.items()} == files


def test_a_link_in_a_package_that_moves_is_told(tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop/__init__.py").write_text("")
    (tmp_path / "shop/prices.txt").symlink_to("../prices.txt")
    (tmp_path / "shop/names.txt").write_text("a\n")
    where = project(tmp_path)
    subprocess.run(["git", "rm", "-q", "--cached", "shop.py"], cwd=where, check=True)
    subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "b"], cwd=where, check=True)
    run = codemod(where, "run", "rename-symbol", "--symbol", "shop", "--to", "mart", "--dry-run")
    told = "shop/prices.txt is no plain file (a link, perhaps): it stays where it is"
    assert told in run.stdout + run.stderr


# ---- the room that answers ---------------------------------------------------------------------


def asked(dotted: str, **files: str) -> list[tuple[str, int, str, str]]:
    """Who refers to something: file, line, form and verdict."""
    sources = {f"{name}.py": Source(f"{name}.py", text.encode()) for name, text in files.items()}
    sites: dict[str, FileSites] = {path: read(file, {word_of(dotted): ()}) for path, file in sources.items()}
    references = References(sites, Modules(Project(paths=tuple(sources))))
    symbol = references.symbol(dotted)
    assert symbol is not None
    return [(r.path, r.line, r.form, r.verdict) for r in references.of(symbol)]


def test_each_place_has_its_form_and_a_verdict() -> None:
    shop = "__all__ = ['cut']\ndef cut(text): ...\n"
    app = "import shop\nfrom shop import cut\ncut('cut')\nshop.cut(1)\nother.cut(2)\n# cut\n"
    assert asked("shop.cut", shop=shop, app=app) == [
        ("app.py", 2, "import", "resolves"),
        ("app.py", 3, "name", "resolves"),
        ("app.py", 3, "path", "name"),
        ("app.py", 4, "attribute", "resolves"),
        ("app.py", 5, "attribute", "name"),
        ("app.py", 6, "comment", "name"),
        ("shop.py", 1, "all", "resolves"),
        ("shop.py", 2, "definition", "resolves"),
    ]


def test_one_of_several_classes_is_only_perhaps_meant() -> None:
    shop = "class A:\n    def cut(self): ...\nclass B:\n    def cut(self): ...\n"
    app = "from shop import A, B\ndef f(x):\n    y = A()\n    if x:\n        y = B()\n    y.cut()\n    A().cut()\n    B().cut()\n"
    assert asked("shop.A.cut", shop=shop, app=app) == [
        ("app.py", 6, "attribute", "may"),
        ("app.py", 7, "attribute", "resolves"),
        ("shop.py", 2, "definition", "resolves"),
    ]


def test_changes_that_share_files_are_written_together(tmp_path: Path) -> None:
    """Several changes, each in several files that others have parts in, too: every file is written, and once."""
    for name in "abcd":
        (tmp_path / f"{name}.py").write_text(f"def f_{name}(): ...\n")
    (tmp_path / "e.py").write_text("from a import f_a\nfrom b import f_b\nfrom c import f_c\nfrom d import f_d\n")
    (tmp_path / "f.py").write_text("from a import f_a\nfrom b import f_b\nfrom c import f_c\nfrom d import f_d\n")
    maps = [word for name in "abcd" for word in ("--map", f"{name}.f_{name}=g_{name}")]
    run = codemod(tmp_path, "run", "rename-symbol", *maps, "--in-place", "--format", "off")
    assert (run.returncode, "6 files written" in run.stdout + run.stderr) == (0, True), run.stderr
    assert (tmp_path / "f.py").read_text() == "".join(f"from {n} import g_{n}\n" for n in "abcd")

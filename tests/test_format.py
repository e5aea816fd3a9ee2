"""Which formatter has its word, what of the project's settings reaches it, and what its refusal costs."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from runner.cache import Cache
from runner.format import Formatted, format_files
from runner.formatters import Formatter, Refused, Tool, formatter_of, settings_of
from tests.command import codemod

HOOK = "repos:\n  - repo: x\n    hooks:\n      - id: {}\n"
BLACK = "[tool.black]\nline-length = 88\n"
RUFF = "[tool.ruff]\nline-length = 100\n"
RUFF_FORMAT = "[tool.ruff.format]\n"
CI = "jobs:\n  lint:\n    steps:\n      - run: {}\n"


# ---- which one ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param({}, None, id="nothing says"),
        pytest.param({"pyproject.toml": BLACK}, "black", id="a table of black"),
        pytest.param({"pyproject.toml": RUFF}, "ruff", id="a table of ruff, the last resort"),
        pytest.param({"pyproject.toml": BLACK + RUFF}, "black", id="ruff may only lint here"),
        pytest.param({"pyproject.toml": BLACK + RUFF_FORMAT}, "ruff", id="ruff's format table beats a left-over"),
        pytest.param({"pyproject.toml": BLACK, "ruff.toml": "[format]\n"}, "ruff", id="a file of its own"),
        pytest.param(
            {"pyproject.toml": BLACK, ".pre-commit-config.yaml": HOOK.format("ruff-format")}, "ruff", id="a hook runs"
        ),
        pytest.param(
            {"pyproject.toml": RUFF_FORMAT, ".pre-commit-config.yaml": HOOK.format("black")},
            "black",
            id="black's hook",
        ),
        pytest.param(
            {"pyproject.toml": BLACK, ".pre-commit-config.yaml": HOOK.format('"ruff-format"  # new')},
            "ruff",
            id="quoted",
        ),
        pytest.param(
            {"pyproject.toml": BLACK, ".pre-commit-config.yaml": "repos: [{repo: x, hooks: [{id: ruff-format}]}]\n"},
            "ruff",
            id="in one line",
        ),
        pytest.param(
            {
                "pyproject.toml": RUFF_FORMAT,
                ".pre-commit-config.yaml": "  - id: style\n    entry: poetry run black\n",
            },
            "black",
            id="a local hook",
        ),
        pytest.param(
            {"pyproject.toml": BLACK, ".pre-commit-config.yaml": HOOK.format("black") + "      - id: ruff-format\n"},
            "ruff",
            id="of two hooks the later one",
        ),
        pytest.param(
            {"pyproject.toml": BLACK, ".pre-commit-config.yaml": "# - id: ruff-format\n"},
            "black",
            id="a hook put aside",
        ),
        pytest.param(
            {"pyproject.toml": RUFF_FORMAT, ".pre-commit-config.yaml": HOOK.format("blacken-docs")},
            "ruff",
            id="for docs",
        ),
        pytest.param(
            {"pyproject.toml": BLACK, ".github/workflows/ci.yml": CI.format("uv run ruff format --check .")},
            "ruff",
            id="CI calls one",
        ),
        pytest.param(
            {"pyproject.toml": RUFF_FORMAT, "Makefile": "lint:\n\t@black --check src tests\n"},
            "black",
            id="make calls one",
        ),
        pytest.param(
            {"pyproject.toml": BLACK, "noxfile.py": 'session.run("ruff", "format", "--diff")\n'},
            "ruff",
            id="nox calls one",
        ),
        pytest.param(
            {"pyproject.toml": RUFF_FORMAT, "tox.ini": "[testenv]\ndeps =\n  black\n"}, "ruff", id="only installed"
        ),
        pytest.param(
            {"pyproject.toml": RUFF_FORMAT, ".github/workflows/ci.yml": CI.format("pip install black isort")},
            "ruff",
            id="only installed, too",
        ),
        pytest.param(
            {"pyproject.toml": RUFF_FORMAT, ".github/workflows/ci.yml": "      - uses: psf/black@stable\n"},
            "black",
            id="an action",
        ),
        pytest.param(
            {"Makefile": "f:\n\tblack .\n", ".pre-commit-config.yaml": HOOK.format("ruff-format")},
            "ruff",
            id="a hook before make",
        ),
    ],
)
def test_what_the_project_runs_beats_what_it_only_configures(texts: Mapping[str, str], expected: str | None) -> None:
    found = formatter_of(texts, "src/shop/cart.py")
    assert (found and str(found.tool)) == expected


def test_the_nearest_file_decides_and_its_settings_come_from_the_nearest_table() -> None:
    texts = {
        "pyproject.toml": RUFF,
        ".pre-commit-config.yaml": HOOK.format("ruff-format"),
        "api/pyproject.toml": BLACK,
        "web/pyproject.toml": RUFF_FORMAT,
        "old/.pre-commit-config.yaml": HOOK.format("black"),
    }
    assert formatter_of(texts, "api/a.py") == Formatter(Tool.RUFF, "")
    assert formatter_of(texts, "web/pages/a.py") == Formatter(Tool.RUFF, "web")
    assert formatter_of(texts, "old/a.py") == Formatter(Tool.BLACK, "")


# ---- what reaches it ---------------------------------------------------------------------------


def nothing(path: str) -> str | None:
    return None


def given(texts: Mapping[str, str], tool: Tool, read: Callable[[str], str | None] = nothing) -> dict[str, object]:
    return tomllib.loads(settings_of(Formatter(tool, ""), texts, read))


def test_only_settings_that_shape_text_reach_black() -> None:
    text = """
[project]
requires-python = ">=3.9"
readme = "/etc/passwd"
[tool.black]
line_length = 100
--skip-string-normalization = true
target-version = ["py39", "py310"]
cache-dir = "/tmp/evil"
include = '\\.pyi?$'
force-exclude = '(a+)+$'
workers = 10000
code = "x"
src = ["/"]
config = "/elsewhere"
"""
    assert given({"pyproject.toml": text.replace("--skip", "skip")}, Tool.BLACK) == {
        "tool": {
            "black": {"line-length": 100, "skip-string-normalization": True, "target-version": ["py39", "py310"]}
        },
        "project": {"name": "project", "version": "0", "requires-python": ">=3.9"},
    }


def test_only_settings_that_shape_text_reach_ruff() -> None:
    text = """
cache-dir = "/tmp/evil"
output-format = "json"
fix = true
src = ["/"]
line-length = 100
[per-file-target-version]
"old/*.py" = "py38"
[format]
quote-style = "single"
exclude = ["*"]
[lint]
select = ["ALL"]
"""
    assert given({"ruff.toml": text}, Tool.RUFF) == {
        "tool": {
            "ruff": {
                "line-length": 100,
                "per-file-target-version": {"old/*.py": "py38"},
                "format": {"quote-style": "single"},
            }
        }
    }


def test_settings_that_extend_others_of_the_project_are_joined() -> None:
    files = {"conf/base.toml": 'line-length = 70\nindent-width = 2\n[format]\nquote-style = "single"\n'}
    texts = {
        "pyproject.toml": '[tool.ruff]\nextend = "conf/base.toml"\nline-length = 90\n[tool.ruff.format]\npreview = true\n'
    }
    assert given(texts, Tool.RUFF, files.get) == {
        "tool": {"ruff": {"line-length": 90, "indent-width": 2, "format": {"quote-style": "single", "preview": True}}}
    }


@pytest.mark.parametrize(
    "place", ["/etc/ruff.toml", "../ruff.toml", "~/ruff.toml", "$HOME/ruff.toml", "ruff.toml", "no.toml"]
)
def test_settings_that_extend_something_else_are_refused(place: str) -> None:
    with pytest.raises(Refused, match="not a file of the project"):
        given(
            {"ruff.toml": f'extend = "{place}"\n'},
            Tool.RUFF,
            {"ruff.toml": "", "x": ""}.get if place == "x" else nothing,
        )


def test_settings_that_extend_themselves_are_refused() -> None:
    texts = {"ruff.toml": 'extend = "b.toml"\n', "b.toml": 'extend = "ruff.toml"\n'}
    with pytest.raises(Refused, match="not a file of the project"):
        given(texts, Tool.RUFF, texts.get)


# ---- what it does ------------------------------------------------------------------------------

WIDE = "def f(\n    first_argument: Optional[int], second_argument: Optional[int], m: Optional[str]\n) -> None:\n    pass\n"
SHORT = WIDE.replace("Optional[int]", "int | None").replace("Optional[str]", "str | None")
JOINED = SHORT.replace("(\n    ", "(").replace("None\n)", "None)")
# a message in parentheses: black 26 takes them away, ruff leaves them, so only one of the two calls it formatted
MESSAGE = (
    '    assert m, (\n        "a message that is long enough to need a line of its own, and some more words"\n    )\n'
)


def formatted(texts: Mapping[str, str], **files: tuple[str, str]) -> Formatted:
    """What the formatter makes of files, given as name=(before, after)."""
    before = {f"{name}.py": old.encode() for name, (old, _) in files.items()}
    after = {f"{name}.py": new.encode() for name, (_, new) in files.items()}
    return format_files(texts, nothing, before, after, Cache(None))


@pytest.mark.parametrize("table", [BLACK, "[tool.ruff.format]\n[tool.ruff]\nline-length = 88\n"])
def test_a_formatted_file_stays_formatted_and_another_is_left_as_composed(table: str) -> None:
    sloppy = (WIDE + "x=1\n", SHORT + "x=1\n")
    done = formatted({"pyproject.toml": table}, a=(WIDE, SHORT), b=sloppy)
    assert done == Formatted({"a.py": JOINED.encode()})


def test_the_hook_formats_what_the_left_over_table_would_call_unformatted() -> None:
    texts = {"pyproject.toml": BLACK, ".pre-commit-config.yaml": HOOK.format("ruff-format")}
    wide, short, joined = (t.replace("    pass\n", MESSAGE) for t in (WIDE, SHORT, JOINED))
    assert formatted(texts, a=(wide, short)).files == {"a.py": joined.encode()}


@pytest.mark.parametrize(
    ("texts", "reason"),
    [
        ({"pyproject.toml": '[tool.black]\nrequired-version = "23"\n'}, "black refused: The required version `23`"),
        ({"pyproject.toml": '[tool.black]\nline-length = "wide"\n'}, "black refused: Invalid value for '-l'"),
        (
            {"pyproject.toml": '[tool.ruff]\nrequired-version = "==0.1.0"\n'},
            "ruff refused: Required version `==0.1.0`",
        ),
        ({"ruff.toml": '[format]\nquote-style = "odd"\n'}, "ruff refused: "),
        ({"ruff.toml": "[format\n"}, "ruff refused: ruff.toml is not valid TOML"),
        ({"ruff.toml": 'extend = "/etc/ruff.toml"\n'}, "ruff refused: ruff.toml extends '/etc/ruff.toml'"),
    ],
)
def test_a_formatter_that_refuses_is_named_once_and_leaves_all_as_composed(
    texts: Mapping[str, str], reason: str
) -> None:
    done = formatted(texts, a=(WIDE, SHORT), b=(WIDE, SHORT))
    assert done.files == {}
    assert [line.startswith(reason) for line in done.refused] == [True], done.refused
    assert done.refused[0].endswith("; files are left as composed")


@pytest.mark.parametrize("table", [BLACK, RUFF_FORMAT + "[tool.ruff]\nline-length = 88\n"])
def test_a_file_that_the_formatter_cannot_take_costs_itself_only(table: str) -> None:
    done = formatted({"pyproject.toml": table}, a=(WIDE, SHORT), b=("x = (\n", "y = (\n"))
    assert done.files == {"a.py": JOINED.encode()}
    assert [line.split(":")[0] for line in done.refused] == [f"{'black' if table is BLACK else 'ruff'} refused b.py"]


@pytest.mark.parametrize("table", [BLACK, RUFF_FORMAT + "[tool.ruff]\nline-length = 88\n"])
def test_a_file_that_crashes_the_formatter_costs_itself_only(table: str) -> None:
    deep = f"x = {'-' * 12_000}1\n"
    done = formatted({"pyproject.toml": table}, a=(WIDE, SHORT), b=(deep, deep + "y = 1\n"), c=(WIDE, SHORT))
    assert done.files == {"a.py": JOINED.encode(), "c.py": JOINED.encode()}
    assert len(done.refused) == 1
    assert "refused b.py: it ended with signal" in done.refused[0]


def test_a_formatter_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.executable", str(tmp_path / "python"))
    monkeypatch.setenv("PATH", str(tmp_path))
    for table, tool in ((BLACK, "black"), (RUFF, "ruff")):
        done = formatted({"pyproject.toml": table}, a=(WIDE, SHORT))
        assert done.refused == (f"{tool} refused: it cannot be started (no such file); files are left as composed",)


def test_a_settings_file_makes_no_cache_where_it_says(tmp_path: Path) -> None:
    texts = {"pyproject.toml": BLACK + f'cache-dir = "{tmp_path}/cache"\n'}
    assert formatted(texts, a=(WIDE, SHORT)).files == {"a.py": JOINED.encode()}
    assert list(tmp_path.iterdir()) == []


# ---- the report --------------------------------------------------------------------------------


def test_a_run_names_the_formatter_that_refused_and_ends_well(make_repo: Callable[..., Path]) -> None:
    settings = '[project]\nname = "x"\nrequires-python = ">=3.11"\n[tool.black]\nrequired-version = "23"\n'
    repo = make_repo({"pyproject.toml": settings, "a.py": "from typing import Optional\n\n\n" + WIDE})
    for _ in range(2):  # nothing is remembered of a run without its formatter
        done = codemod(repo, "run", "modernize-typing", "-n")
        assert done.returncode == 0
        assert done.stderr.count("black refused: The required version `23` does not match") == 1, done.stderr
        assert "+    first_argument: int | None, second_argument: int | None, m: str | None\n" in done.stdout

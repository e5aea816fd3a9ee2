"""codemods/facts/pytest_config.py against pytest itself, wherever pytest can be asked."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from _pytest.config.findpaths import determine_setup

from codemods.engine.known import Project
from codemods.facts.suite.build import build
from codemods.facts.suite.config import Configs, configs, parse_ini
from codemods.facts.suite.mode import AsyncMode
from codemods.facts.suite.settings import PytestConfig

TEST = "tests/unit/test_a.py"


def project(texts: Mapping[str, str], *paths: str) -> Configs:
    return configs(Project(paths=(TEST, *paths), texts=texts))


@pytest.mark.parametrize(
    ("texts", "wins"),
    [
        ({}, ""),
        ({"pytest.ini": ""}, "pytest.ini"),
        ({"pytest.ini": "", "pyproject.toml": "[tool.pytest.ini_options]\nasyncio_mode='strict'"}, "pytest.ini"),
        ({".pytest.ini": "", "pyproject.toml": "[tool.pytest.ini_options]\n"}, ".pytest.ini"),
        ({"pytest.toml": "", "pytest.ini": "[pytest]\n"}, "pytest.toml"),
        ({".pytest.toml": "[pytest]\n", "pytest.ini": "[pytest]\n"}, ".pytest.toml"),
        ({"pyproject.toml": "[tool.pytest.ini_options]\n", "tox.ini": "[pytest]\n"}, "pyproject.toml"),
        ({"pyproject.toml": "[tool.black]\n", "tox.ini": "[pytest]\n"}, "tox.ini"),
        ({"pyproject.toml": "[tool.pytest]\ntestpaths=['tests']\n", "tox.ini": "[pytest]\n"}, "pyproject.toml"),
        ({"tox.ini": "[tox]\n", "setup.cfg": "[tool:pytest]\n"}, "setup.cfg"),
        ({"tox.ini": "[pytest]\n", "setup.cfg": "[tool:pytest]\n"}, "tox.ini"),
        ({"setup.cfg": "[metadata]\nname = x\n"}, ""),
        ({"pyproject.toml": "[project]\nname='x'\n"}, "pyproject.toml"),
        ({"pyproject.toml": "[project]\n", "tests/pytest.ini": ""}, "tests/pytest.ini"),
        ({"pytest.ini": "", "tests/unit/pyproject.toml": "[project]\n"}, "pytest.ini"),
        ({"pytest.ini": "", "tests/tox.ini": "[pytest]\nasyncio_mode=auto\n"}, "tests/tox.ini"),
        ({"tests/pyproject.toml": "[project]\n", "pyproject.toml": "[project]\n"}, "tests/pyproject.toml"),
    ],
)
def test_one_file_wins_as_in_pytest(texts: dict[str, str], wins: str, tmp_path: Path) -> None:
    for name, text in {TEST: "", **texts}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    rootdir, ini, _, _ = determine_setup(
        inifile=None, override_ini=None, args=[str(tmp_path / TEST)], rootdir_cmd_arg=None, invocation_dir=tmp_path
    )
    assert (ini.relative_to(tmp_path).as_posix() if ini else "") == wins
    config = project(texts).for_path(TEST)
    assert config.path == wins
    if wins:
        assert config.rootdir == rootdir.relative_to(tmp_path).as_posix().removeprefix(".")


@pytest.mark.parametrize(
    "text",
    [
        "[pytest]\naddopts = -q\n  --asyncio-mode=auto\nmarkers =\n    slow: takes long\n    # gone\n    db\n",
        "[pytest]\npython_files: test_*.py\n",
        "[pytest]  # why not\nasyncio_mode = strict ; kept\n[other]\nx = [1,\n 2]\n",
        "[pytest]\nusefixtures=\n\tdb\n\n\tapp\n",
        "\ufeff[pytest]\nx=1\n",
        "; c\n[a]\nk = v = w\n[pytest]\nlog_format = %(x)s: a=b\n",
        "[pytest]\nfilterwarnings =\n    error\n    ignore:a=b:Deprecation\n[tool]\n[x\n",
    ],
)
def test_ini_files_read_as_by_pytest(text: str, tmp_path: Path) -> None:
    iniconfig = pytest.importorskip("iniconfig")
    path = tmp_path / "pytest.ini"
    path.write_text(text, "utf-8")
    line = 0
    try:
        expected = {section.name: dict(section.items()) for section in iniconfig.IniConfig(str(path))}
    except iniconfig.ParseError as refused:
        line = refused.lineno + 1
    if not line:
        assert parse_ini(text.removeprefix("\ufeff")) == expected
        return
    with pytest.raises(ValueError, match=r"^(duplicate|unexpected) ") as caught:
        parse_ini(text.removeprefix("\ufeff"))
    assert getattr(caught.value, "line", 0) == line


def test_values_are_typed_and_options_beat_keys() -> None:
    config = project(
        {
            "pyproject.toml": """
                [tool.pytest.ini_options]
                asyncio_mode = "strict"
                asyncio_default_fixture_loop_scope = "session"
                python_files = "test_*.py check_*.py"
                python_functions = ["test", "check_*"]
                testpaths = ["tests", "pkg/*/tests"]
                usefixtures = "db"
                pythonpath = ["src", "."]
                markers = ["slow: takes long", "db(alias): needs one"]
                addopts = "-ra -p no:cacheprovider -p pytest_asyncio --asyncio-mode auto --strict-markers --import-mode=importlib --ignore=tests/old"
            """
        }
    ).for_path(TEST)
    assert config.asyncio_mode == "auto"
    assert config.asyncio_default_fixture_loop_scope == "session"
    assert config.plugins == ("no:cacheprovider", "pytest_asyncio")
    assert config.strict_markers
    assert config.import_mode == "importlib"
    assert config.usefixtures == ("db",)
    assert config.pythonpath == ("src", ".")
    assert config.declares_marker("slow")
    assert config.declares_marker("db")
    assert not config.declares_marker("alias")
    assert config.is_test_file("tests/check_x.py")
    assert not config.is_test_file("tests/a_test.py")
    assert config.is_test_function("check_x")
    assert not config.is_test_function("checkx")
    assert config.is_ignored("tests/old/test_a.py")
    assert not config.is_ignored(TEST)


@pytest.mark.parametrize(
    ("option", "name", "expected"),
    [
        ("test", "testfoo", True),
        ("test_*", "testfoo", False),
        ("test_*", "test_", True),
        ("*_check", "a_check", True),
        ("*_check", "*_check_more", True),
        ("[ab]_*", "b_1", True),
        ("it_", "it_works", True),
        ("it", "quit", False),
    ],
)
def test_names_match_by_prefix_or_glob(option: str, name: str, expected: bool) -> None:
    config = PytestConfig(python_functions=(option,), python_classes=(option,))
    assert config.is_test_function(name) is expected
    assert config.is_test_class(name) is expected


@pytest.mark.parametrize(
    ("path", "testpaths", "expected"),
    [
        ("tests/test_a.py", (), True),
        ("tests/test_a.py", ("tests",), True),
        ("tests/test_a.py", ("./tests/",), True),
        ("scripts/test_a.py", ("tests",), False),
        ("tests2/test_a.py", ("tests",), False),
        ("pkg/a/tests/test_a.py", ("pkg/*/tests",), True),
        ("pkg/a/b/tests/test_a.py", ("pkg/*/tests",), False),
        ("pkg/a/b/tests/test_a.py", ("**/tests",), True),
        ("a/test_a.py", (".",), True),
        ("tests/test_a.py", ("tests/test_a.py",), True),
    ],
)
def test_testpaths(path: str, testpaths: tuple[str, ...], expected: bool) -> None:
    assert PytestConfig(testpaths=testpaths).in_testpaths(path) is expected


def test_many_wildcards_cost_no_more_than_one() -> None:
    deep = "/".join(["d"] * 60) + "/test_a.py"
    assert not PytestConfig(testpaths=("**/" * 40 + "nowhere",)).in_testpaths(deep)
    assert PytestConfig(testpaths=("**/" * 40 + "test_a.py",)).in_testpaths(deep)
    assert not PytestConfig(testpaths=("d/**/e/**/test_a.py",)).in_testpaths(deep)


def test_folders_that_pytest_does_not_enter() -> None:
    config = PytestConfig()
    assert config.is_ignored("build/test_a.py")
    assert config.is_ignored("tests/.hidden/test_a.py")
    assert config.is_ignored("x.egg/tests/test_a.py")
    assert not config.is_ignored("tests/builder/test_a.py")
    assert not PytestConfig(testpaths=("build",)).is_ignored("build/test_a.py")
    assert PytestConfig(norecursedirs=("tests/data",)).is_ignored("pkg/tests/data/test_a.py")


def test_configurations_on_one_path_that_disagree_leave_the_mode_unclear() -> None:
    def unclear(texts: Mapping[str, str], path: str) -> tuple[str, int, str]:
        return AsyncMode(build({}, Project(paths=(TEST,), texts=texts))).unclear(path)

    texts = {
        "pyproject.toml": "[tool.pytest.ini_options]\nasyncio_mode = 'auto'\n",
        "sub/pyproject.toml": "[tool.pytest.ini_options]\ntestpaths = ['tests']\n",
    }
    assert project(texts).for_path("sub/tests/test_a.py").path == "sub/pyproject.toml"
    reason = "sub/pyproject.toml and pyproject.toml disagree about the mode: use --mode"
    assert unclear(texts, "sub/tests/test_a.py") == ("sub/pyproject.toml", 1, reason)
    assert unclear(texts, "tests/test_a.py") == ("", 1, "")
    other = {
        **texts,
        "sub/pyproject.toml": "[tool.pytest.ini_options]\nasyncio_mode = 'auto'\npython_files = 'x.py'\n",
    }
    assert unclear(other, "sub/tests/test_a.py") == ("", 1, "")  # they disagree about something else
    strict = {**texts, "pyproject.toml": "[tool.pytest.ini_options]\nasyncio_mode = 'strict'\n"}
    assert unclear(strict, "sub/tests/test_a.py") == ("", 1, "")  # none means strict


def test_a_file_that_pytest_refuses_has_an_error_and_default_values() -> None:
    for texts in (
        {"setup.cfg": "[pytest]\naddopts=-q\n"},
        {"pytest.ini": "addopts=-q\n"},
        {"pyproject.toml": "[tool.pytest\n"},
        {"pyproject.toml": "[tool.pytest]\nx=1\n[tool.pytest.ini_options]\ny=1\n"},
        {"pytest.toml": "testpaths = 'tests'\n"},
    ):
        config = project(texts).for_path(TEST)
        assert config.error, texts
        assert config.python_files == PytestConfig().python_files


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("requirements-dev.txt", "pytest\npytest_asyncio>=0.21  # async\n", True),
        ("requirements-dev.txt", "pytest\n# pytest-asyncio\n", False),
        ("pyproject.toml", "[project.optional-dependencies]\ntest = ['pytest-asyncio[docs]~=0.23']\n", True),
        ("setup.py", "setup(extras_require={'t': ['Pytest-Asyncio']})", True),
        ("poetry.lock", '[[package]]\nname = "pytest-asyncio"\n', True),
        ("requirements.txt", "pytest-asyncio-cooperative\n", False),
        ("requirements.txt", "pytest-aiohttp>=1\n", True),
        ("requirements.txt", "pytest-trio\n", False),
    ],
)
def test_dependency_on_the_plugin(path: str, text: str, expected: bool) -> None:
    assert project({path: text}).has_plugin("pytest-asyncio") is expected


def test_collects_what_pytest_collects(tmp_path: Path) -> None:
    """Files, classes and functions by name: the same set as `pytest --collect-only`."""
    ini = (
        "[pytest]\npython_files = test_*.py t/check*.py\npython_functions = test it_*\npython_classes = Test *Suite\n"
    )
    body = "def testa(): pass\ndef it_b(): pass\ndef its(): pass\n" + "".join(
        f"class {name}:\n    def test_m(self): pass\n" for name in ("TestA", "ASuite", "Suites", "testb")
    )
    files = ["test_a.py", "a_test.py", "t/check_a.py", "u/check_a.py", "build/test_b.py", "u/t/checka.py"]
    for name in files:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(body, "utf-8")
    (tmp_path / "pytest.ini").write_text(ini, "utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", "--import-mode=importlib"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    expected = {line for line in run.stdout.splitlines() if "::" in line}
    config = project({"pytest.ini": ini}).for_path("test_a.py")
    got = set()
    for name in files:
        if config.is_test_file(name) and not config.is_ignored(name):
            got |= {f"{name}::{f}" for f in ("testa", "it_b", "its") if config.is_test_function(f)}
            got |= {f"{name}::{c}::test_m" for c in ("TestA", "ASuite", "Suites", "testb") if config.is_test_class(c)}
    assert got == expected
    assert len(expected) == 3 * 4


@pytest.mark.parametrize(("name", "unknown"), [(".flake8", False), (".pylintrc", False), ("tox.ini", True)])
def test_what_a_linter_is_told_is_no_plugin_of_pytest(name: str, unknown: bool) -> None:
    found = project({name: "[flake8]\nextend-select = PT\npytest-fixture-something = true\n"})
    assert ("pytest-fixture-something" in found.unknown) is unknown

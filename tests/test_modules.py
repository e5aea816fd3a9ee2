"""Path → dotted name and back, decided from file names and build metadata alone."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from codemods.engine.known import Project
from codemods.facts.modules import Modules

SETUPTOOLS = '[tool.setuptools]\npackage-dir = {"" = "lib"}\n'
FIND = '[tool.setuptools.packages.find]\nwhere = ["lib"]\n'
POETRY = '[tool.poetry]\npackages = [{ include = "app", from = "lib" }]\n'
HATCH = '[tool.hatch.build.targets.wheel]\npackages = ["lib/app"]\n'
PDM = '[tool.pdm.build]\npackage-dir = "lib"\n'
UV = '[tool.uv.build-backend]\nmodule-root = "lib"\n'
SETUP_CFG = "[options]\npackage_dir =\n    = lib\n"
SETUP_CFG_FIND = "[options]\npackages = find:\n[options.packages.find]\nwhere = lib\n"
SETUP_PY = 'setup(package_dir={"": "lib"}, packages=find_packages("lib"))\n'
PYTHONPATH = '[tool.pytest.ini_options]\npythonpath = ["lib"]\n'


def names(*paths: str, texts: Mapping[str, str] | None = None, roots: tuple[str, ...] = ()) -> Modules:
    return Modules(Project(paths=paths, texts=texts or {}, source_roots=roots))


@pytest.mark.parametrize(
    ("config", "text"),
    [
        pytest.param("pyproject.toml", SETUPTOOLS, id="setuptools package-dir"),
        pytest.param("pyproject.toml", FIND, id="setuptools find"),
        pytest.param("pyproject.toml", POETRY, id="poetry from"),
        pytest.param("pyproject.toml", HATCH, id="hatch packages"),
        pytest.param("pyproject.toml", PDM, id="pdm"),
        pytest.param("pyproject.toml", UV, id="uv"),
        pytest.param("setup.cfg", SETUP_CFG, id="setup.cfg package_dir"),
        pytest.param("setup.cfg", SETUP_CFG_FIND, id="setup.cfg find"),
        pytest.param("setup.py", SETUP_PY, id="setup.py"),
        pytest.param("pyproject.toml", PYTHONPATH, id="pytest pythonpath"),
    ],
)
def test_build_metadata_says_where_packages_are(config: str, text: str) -> None:
    modules = names("lib/app/sub/x.py", texts={config: text})  # a namespace package: no __init__.py
    assert modules.name("lib/app/sub/x.py") == "app.sub.x"
    assert modules.path("app.sub.x") == "lib/app/sub/x.py"
    nested = names("services/a/lib/app/x.py", texts={f"services/a/{config}": text})
    assert nested.name("services/a/lib/app/x.py") == "app.x"


@pytest.mark.parametrize(
    ("config", "text"),
    [
        pytest.param("pyproject.toml", '[project.entry-points.pytest11]\nours = "app.plugin"\n', id="pyproject.toml"),
        pytest.param("pyproject.toml", '[tool.poetry.plugins.pytest11]\nours = "app.plugin"\n', id="poetry"),
        pytest.param("setup.cfg", "[options.entry_points]\npytest11 =\n    ours = app.plugin\n", id="setup.cfg"),
        pytest.param("setup.py", 'setup(entry_points={"pytest11": ["ours = app.plugin"]})\n', id="setup.py"),
    ],
)
def test_build_metadata_says_which_modules_are_plugins_of_pytest(config: str, text: str) -> None:
    assert names("app/plugin.py", texts={config: text, "b/setup.cfg": "pytest11\n"}).plugins == [
        ("app.plugin", config)
    ]


@pytest.mark.parametrize(
    ("paths", "path", "expected"),
    [
        pytest.param(["app/__init__.py", "app/x.py"], "app/x.py", "app.x", id="a package at the top"),
        pytest.param(["app/__init__.py"], "app/__init__.py", "app", id="a package itself"),
        pytest.param(["src/app/__init__.py", "src/app/x.py"], "src/app/x.py", "app.x", id="src"),
        pytest.param(["src/ns/app/x.py"], "src/ns/app/x.py", "ns.app.x", id="a namespace package in src"),
        pytest.param(["src/__init__.py", "src/x.py"], "src/x.py", "src.x", id="src that is a package"),
        pytest.param(
            ["back/app/__init__.py", "back/app/x.py"], "back/app/x.py", "app.x", id="a folder that is no package"
        ),
        pytest.param(["tool.py"], "tool.py", "tool", id="a module at the top"),
        pytest.param(["tests/test_a.py"], "tests/test_a.py", "test_a", id="a test outside packages: rootdir mode"),
        pytest.param(["tests/conftest.py"], "tests/conftest.py", "conftest", id="a conftest outside packages"),
        pytest.param(
            ["tests/__init__.py", "tests/test_a.py"], "tests/test_a.py", "tests.test_a", id="a test in a package"
        ),
        pytest.param(["scripts/x.py"], "scripts/x.py", None, id="ambiguous: scripts.x or x"),
        pytest.param(["a-b/__init__.py", "a-b/x.py"], "a-b/x.py", None, id="no identifier"),
    ],
)
def test_names(paths: list[str], path: str, expected: str | None) -> None:
    assert names(*paths).name(path) == expected


def test_importlib_mode_names_tests_from_the_top() -> None:
    texts = {"pytest.ini": "[pytest]\naddopts = --import-mode=importlib\n"}
    assert names("tests/unit/test_a.py", texts=texts).name("tests/unit/test_a.py") == "tests.unit.test_a"


def test_all_names_of_an_ambiguous_file() -> None:
    modules = names("scripts/x.py")
    assert modules.names("scripts/x.py") == ("scripts.x", "x")
    assert modules.path("scripts.x") == modules.path("x", near="scripts/y.py") == "scripts/x.py"
    assert modules.path("x") is None


def test_source_roots_override_everything() -> None:
    modules = names("lib/app/x.py", "tools/y.py", texts={"pyproject.toml": FIND}, roots=(".", "tools"))
    assert modules.name("lib/app/x.py") == "lib.app.x"
    assert modules.name("tools/y.py") == "y"


def test_each_project_of_a_repository_has_its_own_names() -> None:
    paths = ["a/src/app/__init__.py", "a/tests/test_x.py", "b/src/app/__init__.py", "b/tests/test_x.py"]
    modules = names(*paths, texts={"a/pyproject.toml": "", "b/pyproject.toml": ""})
    assert modules.path("app", near="a/tests/test_x.py") == "a/src/app/__init__.py"
    assert modules.path("app", near="b/tests/test_x.py") == "b/src/app/__init__.py"
    assert modules.path("app", near="tools/z.py") is None  # two answers are none


def test_the_nearest_project_comes_before_what_another_declares() -> None:
    paths = ["app/__init__.py", "app/main.py", "old/sdk/app/__init__.py", "old/sdk/app/main.py", "tests/test_x.py"]
    hatch = '[tool.hatch.build.targets.wheel]\npackages = ["app"]\n'
    modules = names(*paths, "old/sdk/tests/test_y.py", texts={"old/sdk/pyproject.toml": hatch})
    assert modules.path("app.main", near="tests/test_x.py") == "app/main.py"
    assert modules.path("app.main", near="old/sdk/tests/test_y.py") == "old/sdk/app/main.py"
    assert modules.ambiguous("app.main.run", near="tests/test_x.py") == ()


def test_a_name_that_several_projects_answer_is_ambiguous() -> None:
    paths = ["a/src/app/__init__.py", "b/src/app/__init__.py", "b/src/app/only.py", "tools/z.py"]
    modules = names(*paths, texts={"a/pyproject.toml": "", "b/pyproject.toml": ""})
    assert modules.ambiguous("app.x", near="tools/z.py") == ("a/src/app/__init__.py", "b/src/app/__init__.py")
    assert modules.ambiguous("app.only", near="tools/z.py") == ()
    assert modules.ambiguous("json.x", near="tools/z.py") == modules.ambiguous("app", near="a/x.py") == ()


def test_relative_imports_go_by_folder() -> None:
    modules = names("app/__init__.py", "app/a/__init__.py", "app/a/x.py", "app/b.py", "conftest.py")
    assert modules.path(".x", near="app/a/y.py") == "app/a/x.py"
    assert modules.path(".", near="app/a/y.py") == "app/a/__init__.py"
    assert modules.path("..b", near="app/a/y.py") == "app/b.py"
    assert modules.path("...conftest", near="app/a/y.py") == "conftest.py"
    assert modules.path("....x", near="app/a/y.py") is None


def test_split_finds_the_module_in_front_of_a_name() -> None:
    modules = names("tests/__init__.py", "tests/fixtures/__init__.py", "tests/fixtures/db.py", "tests/plain/x.py")
    assert modules.split("tests.fixtures.db") == ("tests/fixtures/db.py", "")
    assert modules.split("tests.fixtures.other.attr") == ("tests/fixtures/__init__.py", "other.attr")
    assert modules.split(".db.session", near="tests/fixtures/x.py") == ("tests/fixtures/db.py", "session")
    assert modules.split("unittest.mock.patch") is None


def test_a_package_comes_before_a_module_and_a_stub_last() -> None:
    modules = names("a/__init__.py", "a.py", "b.pyi", "b.py", "c.pyi")
    assert [modules.path(n) for n in "abc"] == ["a/__init__.py", "b.py", "c.pyi"]

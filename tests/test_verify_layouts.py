"""However a project lies and is installed, its tests are about the worktree: a change that breaks it is found.

With an editable install the tests of any other checkout import the modules of the one that was installed.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from runner.errors import VerifyFailed
from tests.verifying import Changes, site_packages, worktrees

Make = Callable[..., Path]
Git = Callable[..., str]
CODE = "def add(a, b):\n    return a + b\n"
TEST = "from {module} import add\n\n\ndef test_add():\n    assert add(1, 2) == 3\n\n\ndef test_other():\n    pass\n"
BUILD = '[project]\nname = "calc"\nversion = "1.0"\n'
SETUPTOOLS_SRC = BUILD + '[tool.setuptools.packages.find]\nwhere = ["src"]\n'

# what setuptools writes for `pip install -e`, but for comments and what only other tools ask
FINDER = """
import sys
from importlib.machinery import ModuleSpec, PathFinder, all_suffixes as module_suffixes
from importlib.util import spec_from_file_location
from itertools import chain
from pathlib import Path

MAPPING = {mapping!r}
NAMESPACES = {namespaces!r}
PATH_PLACEHOLDER = '__editable__.calc-1.0.finder' + ".__path_hook__"


class _EditableFinder:
    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        for pkg, pkg_path in reversed(list(MAPPING.items())):
            if fullname == pkg or fullname.startswith(f"{{pkg}}."):
                return cls._find_spec(fullname, Path(pkg_path, *fullname.replace(pkg, "", 1).strip(".").split(".")))
        return None

    @classmethod
    def _find_spec(cls, fullname, candidate_path):
        init = candidate_path / "__init__.py"
        candidates = (candidate_path.with_suffix(x) for x in module_suffixes())
        for candidate in chain([init], candidates):
            if candidate.exists():
                return spec_from_file_location(fullname, candidate)
        return None


class _EditableNamespaceFinder:
    @classmethod
    def _path_hook(cls, path):
        if path == PATH_PLACEHOLDER:
            return cls
        raise ImportError

    @classmethod
    def find_spec(cls, fullname, target=None):
        if fullname in NAMESPACES:
            spec = ModuleSpec(fullname, None, is_package=True)
            spec.submodule_search_locations = [*NAMESPACES[fullname], PATH_PLACEHOLDER]
            return spec
        return None


def install():
    sys.meta_path.{how}
    if NAMESPACES:
        sys.path_hooks.append(_EditableNamespaceFinder._path_hook)
        sys.path.append(PATH_PLACEHOLDER)
"""


@dataclass(frozen=True)
class Layout:
    """The files of a project, and what an installation of it puts into the environment."""

    files: Mapping[str, str]
    path: str = "src/calc/__init__.py"  # the file that a change breaks
    pth: str = ""  # a folder of the checkout that a path file names
    mapping: Mapping[str, str] = field(default_factory=dict)  # of a finder: packages and folders of the checkout
    namespaces: Mapping[str, str] = field(default_factory=dict)
    how: str = "append(_EditableFinder)"
    link: bool = False
    copied: str = ""  # a folder of the checkout whose content is in site-packages

    def install(self, checkout: Path, environment: Path) -> None:
        place = site_packages(environment)
        if self.pth:
            (place / "_editable_calc.pth").write_text(f"{checkout / self.pth}\n")
        if self.mapping or self.namespaces:
            mapping = {name: str(checkout / folder) for name, folder in self.mapping.items()}
            namespaces = {name: [str(checkout / folder)] for name, folder in self.namespaces.items()}
            text = FINDER.format(mapping=mapping, namespaces=namespaces, how=self.how)
            (place / "__editable___calc_1_0_finder.py").write_text(text)
            (place / "__editable__.calc-1.0.pth").write_text(
                "import __editable___calc_1_0_finder; __editable___calc_1_0_finder.install()\n"
            )
        if self.link:
            (place / "calc.egg-link").write_text(f"{checkout}\n.\n")
            (place / "easy-install.pth").write_text(f"{checkout}\n")
        if self.copied:
            shutil.copytree(checkout / self.copied, place, dirs_exist_ok=True, ignore=shutil.ignore_patterns("tests"))


SRC = {
    "pyproject.toml": SETUPTOOLS_SRC,
    "src/calc/__init__.py": CODE,
    "tests/test_calc.py": TEST.format(module="calc"),
}
FLAT = {"pyproject.toml": BUILD, "calc/__init__.py": CODE, "tests/test_calc.py": TEST.format(module="calc")}
SPACE = {
    "pyproject.toml": SETUPTOOLS_SRC,
    "src/acme/calc/__init__.py": CODE,
    "tests/test_calc.py": TEST.format(module="acme.calc"),
}
TWO = {
    **SRC,
    "src/shop/__init__.py": "from calc import add\n\n\ndef price(a):\n    return add(a, 1)\n",
    "tests/test_shop.py": "from shop import price\n\n\ndef test_price():\n    assert price(2) == 3\n",
}
PYTHONPATH = {**SRC, "pyproject.toml": BUILD + '[tool.pytest.ini_options]\npythonpath = ["src"]\n'}
BESIDE = {"calc.py": CODE, "test_calc.py": TEST.format(module="calc")}

LAYOUTS = {
    "flat, not installed": Layout(FLAT, "calc/__init__.py"),
    "flat, editable by a path file": Layout(FLAT, "calc/__init__.py", pth="."),
    "src, editable by a path file": Layout(SRC, pth="src"),
    "namespace, editable by a path file": Layout(SPACE, "src/acme/calc/__init__.py", pth="src"),
    "namespace, editable by a finder": Layout(
        SPACE, "src/acme/calc/__init__.py", mapping={"acme.calc": "src/acme/calc"}, namespaces={"acme": "src/acme"}
    ),
    "two packages, editable by a finder": Layout(TWO, mapping={"calc": "src/calc", "shop": "src/shop"}),
    "editable by a finder in front of all": Layout(
        SRC, mapping={"calc": "src/calc"}, how="insert(0, _EditableFinder)"
    ),
    "editable by an egg-link": Layout(FLAT, "calc/__init__.py", link=True),
    "installed, a copy": Layout(SRC, copied="src"),
    "flat and installed, a copy": Layout(FLAT, "calc/__init__.py", copied="."),
    "pythonpath of pytest, editable by a path file": Layout(PYTHONPATH, pth="src"),
    "modules beside the tests, not installed": Layout(BESIDE, "calc.py"),
}


@pytest.fixture
def set_up(environment: Path, tmp_path: Path, make_repo: Make) -> Callable[[Layout], tuple[Path, Path]]:
    """A checkout and an environment in which the project is installed from there."""

    def make(layout: Layout) -> tuple[Path, Path]:
        checkout = make_repo(layout.files)
        own = tmp_path / "venv"
        shutil.copytree(environment, own, symlinks=True)
        script = own / "bin/pytest"
        script.write_text(script.read_text().replace(str(environment), str(own)))
        layout.install(checkout, own)
        return checkout, own

    return make


SetUp = Callable[[Layout], tuple[Path, Path]]


AS_MODULE = ("flat, editable by a path file", "editable by a finder in front of all", "flat and installed, a copy")


@pytest.mark.parametrize(
    ("name", "command"),
    [*((name, "pytest -q") for name in LAYOUTS), *((name, "python -m pytest") for name in AS_MODULE)],
)
def test_a_change_that_breaks_the_package_is_found(set_up: SetUp, name: str, command: str) -> None:
    layout = LAYOUTS[name]
    checkout, environment = set_up(layout)
    changes = Changes(checkout, {"bad": (layout.path, "a + b", "a - b")})
    with pytest.raises(VerifyFailed, match=r"test_add.* fail") as failed:
        changes.verify(*command.split(), environment=environment, all_or_nothing=True)
    assert failed.value.exit_code == 4
    assert worktrees(checkout) == []


@pytest.mark.parametrize(
    "name",
    [
        "src, editable by a path file",
        "editable by a finder in front of all",
        "editable by an egg-link",
        "installed, a copy",
    ],
)
def test_without_us_the_tests_would_be_about_the_checkout(set_up: SetUp, git: Git, tmp_path: Path, name: str) -> None:
    """The trap is real: these layouts let a broken package pass."""
    layout = LAYOUTS[name]
    checkout, environment = set_up(layout)
    git(checkout, "worktree", "add", "-q", "--detach", str(tmp_path / "other"))
    (tmp_path / "other" / layout.path).write_text("def add(a, b):\n    return a - b\n")
    done = subprocess.run(
        [environment / "bin/pytest", "-q", "-p", "no:cacheprovider"], cwd=tmp_path / "other", capture_output=True
    )
    assert done.returncode == 0


def test_a_module_that_a_change_takes_away_is_not_found_in_the_checkout(set_up: SetUp) -> None:
    layout = Layout(
        {**SPACE, "src/acme/calc/more.py": CODE, "tests/test_more.py": TEST.format(module="acme.calc.more")},
        mapping={"acme.calc": "src/acme/calc"},
        namespaces={"acme": "src/acme"},
    )
    checkout, environment = set_up(layout)
    changes = Changes(checkout, {"bad": ("src/acme/calc/more.py", None, None)})
    found = changes.verify("pytest", "-q", environment=environment)
    assert (found.kept, found.excluded["bad"].tests) == (frozenset(), ("tests/test_more.py",))


def test_an_environment_in_the_checkout_is_no_part_of_the_project(environment: Path, make_repo: Make) -> None:
    """Neither is what pip put there from the source of others."""
    test = TEST.format(module="calc") + "\n\ndef test_others():\n    import other\n"
    layout = Layout({**SRC, "tests/test_calc.py": test, ".gitignore": ".venv\n"}, pth="src")
    checkout = make_repo(layout.files)
    inside = checkout / ".venv"
    shutil.copytree(environment, inside, symlinks=True)
    layout.install(checkout, inside)
    (inside / "src").mkdir()
    (inside / "src/other.py").touch()
    (site_packages(inside) / "other.pth").write_text(f"{inside / 'src'}\n")
    changes = Changes(checkout, {"bad": (layout.path, "a + b", "a - b")})
    found = changes.verify(".venv/bin/python", "-m", "pytest", "-q")
    assert (found.excluded["bad"].tests, found.set_aside) == (("tests/test_calc.py::test_add",), ())


def test_programs_that_the_tests_start_are_led_to_the_worktree_too(set_up: SetUp) -> None:
    test = (
        "import subprocess, sys\n\n\ndef test_main():\n"
        "    assert subprocess.check_output([sys.executable, '-m', 'calc'], text=True) == '3\\n'\n"
    )
    files = {**SRC, "src/calc/__main__.py": "from calc import add\n\nprint(add(1, 2))\n", "tests/test_calc.py": test}
    layout = Layout(files, mapping={"calc": "src/calc"}, how="insert(0, _EditableFinder)")
    checkout, environment = set_up(layout)
    changes = Changes(checkout, {"bad": (layout.path, "a + b", "a - b")})
    found = changes.verify("pytest", "-q", environment=environment)
    assert found.excluded["bad"].tests == ("tests/test_calc.py::test_main",)


@pytest.mark.parametrize(
    "name", ["editable by a finder in front of all", "src, editable by a path file", "installed, a copy"]
)
@pytest.mark.parametrize(
    "how", ["[sys.executable, '-I', '-m', 'calc'], text=True", "[sys.executable, '-m', 'calc'], env={}, text=True"]
)
def test_programs_that_the_tests_start_deaf_to_us_are_no_false_pass(set_up: SetUp, name: str, how: str) -> None:
    test = f"import subprocess, sys\n\n\ndef test_main():\n    assert subprocess.check_output({how}) == '3\\n'\n"
    files = {**SRC, "src/calc/__main__.py": "from calc import add\n\nprint(add(1, 2))\n", "tests/test_calc.py": test}
    known = LAYOUTS[name]
    layout = Layout(files, pth=known.pth, mapping=known.mapping, how=known.how, copied=known.copied)
    checkout, environment = set_up(layout)
    changes = Changes(checkout, {"bad": (layout.path, "a + b", "a - b")})
    with pytest.raises(VerifyFailed, match="start a Python with -I or without PYTHONPATH"):
        changes.verify("pytest", "-q", environment=environment)


@pytest.mark.parametrize("name", ["editable by a finder in front of all", "installed, a copy"])
def test_other_commands_are_led_to_the_worktree_too(set_up: SetUp, name: str) -> None:
    test = (
        "import unittest\nfrom calc import add\n\n\nclass Add(unittest.TestCase):\n"
        "    def test_add(self):\n        self.assertEqual(add(1, 2), 3)\n"
    )
    layout = LAYOUTS[name]
    checkout, environment = set_up(
        Layout({**SRC, "tests/test_calc.py": test}, mapping=layout.mapping, how=layout.how, copied=layout.copied)
    )
    changes = Changes(
        checkout, {"good": (layout.path, "a + b", "b + a"), "bad": (layout.path, "return", "return 1 +")}
    )
    found = changes.verify("python", "-m", "unittest", "discover", "tests", environment=environment)
    assert (found.kept, set(found.excluded)) == ({"good"}, {"bad"})
    assert found.excluded["bad"].reason.startswith("the command fails: FAILED (failures=1)")


def test_a_command_that_does_not_see_the_worktree_is_refused(set_up: SetUp) -> None:
    """Isolated, Python hears neither of PYTHONPATH nor of us."""
    checkout, environment = set_up(LAYOUTS["installed, a copy"])
    changes = Changes(checkout, {"bad": ("src/calc/__init__.py", "a + b", "a - b")})
    with pytest.raises(VerifyFailed, match="it tests something else than the worktree"):
        changes.verify("python", "-I", "-c", "import calc; assert calc.add(1, 2) == 3", environment=environment)


def test_tests_that_load_a_file_of_the_checkout_by_its_path_are_refused(set_up: SetUp, git: Git) -> None:
    checkout, environment = set_up(LAYOUTS["flat, not installed"])
    conftest = (
        "import sys\nfrom importlib.util import module_from_spec, spec_from_file_location\n\n"
        f"spec = spec_from_file_location('calc', {str(checkout / 'calc/__init__.py')!r})\n"
        "sys.modules['calc'] = module = module_from_spec(spec)\nspec.loader.exec_module(module)\n"
    )
    (checkout / "tests/conftest.py").write_text(conftest)
    git(checkout, "add", "-A")
    git(checkout, "commit", "-qm", "Load it")
    changes = Changes(checkout, {"bad": ("calc/__init__.py", "a + b", "a - b")})
    with pytest.raises(
        VerifyFailed, match=r"the tests import calc from .*repo/calc/__init__.py and not from the worktree"
    ):
        changes.verify("pytest", "-q", environment=environment)

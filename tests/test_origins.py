"""Names of a library that come to a file through other modules of the project."""

from __future__ import annotations

import unittest.mock

import pytest

from codemods.engine.known import Project
from codemods.engine.names import Names
from codemods.engine.source import Source
from codemods.engine.tables import table
from codemods.facts.exports import star
from codemods.facts.modules import Modules
from codemods.facts.origins import Origins, may_lend

LIBRARIES = ("unittest", "pytest", "typing")


def origins(path: str, files: dict[str, str]) -> dict[str, str]:
    """What the names of one file mean, where they come through others."""
    tables = {p: table(Source(p, text.encode())) for p, text in files.items()}
    known = Origins(tables, Modules(Project(paths=tuple(files))), LIBRARIES, files)
    found = known.of(path, files[path].encode())
    assert known.missing == {}
    return found


@pytest.mark.parametrize(
    ("giver", "taken", "meaning"),
    [
        ("from unittest.mock import Mock", "from .give import Mock", "unittest.mock.Mock"),
        ("from unittest.mock import Mock as M", "from .give import M as Own", "unittest.mock.Mock"),
        ("from unittest import mock", "from .give import mock", "unittest.mock"),
        ("import unittest.mock as um", "from tests.give import um", "unittest.mock"),
        ("import pytest\nfx = pytest.fixture", "from .give import fx", "pytest.fixture"),
        ("from unittest.mock import *", "from .give import patch", "unittest.mock.patch"),
        (
            "try:\n    from unittest import mock\nexcept ImportError:\n    import mock",
            "from .give import mock",
            "unittest.mock",
        ),
        ("from .more import mark", "from .give import mark", "pytest.mark"),
        ("from .more import *", "from .give import mark", "pytest.mark"),
    ],
)
def test_a_name_comes_through(giver: str, taken: str, meaning: str) -> None:
    files = {"tests/__init__.py": "", "tests/give.py": giver, "tests/more.py": "from pytest import mark"}
    found = origins("tests/test_x.py", files | {"tests/test_x.py": taken})
    assert meaning in found.values()
    file = Source("tests/test_x.py", taken.encode(), found)
    names = Names(file)
    assert meaning in [names.named(n, names.module) for n in names.module.names]


@pytest.mark.parametrize(
    ("giver", "taken"),
    [
        ("class Mock: ...", "from .give import Mock"),
        ("from unittest.mock import *\nclass Mock: ...", "from .give import Mock"),
        ("from unittest.mock import Mock\n__all__ = []", "from .give import *\nMock()"),
        ("from unittest.mock import _patch", "from .give import *\n_patch()"),
        ("from unittest.mock import Mock", "from .give import other"),
        ("from unittest.mock import Mock", "from elsewhere import Mock"),
        ("from .test_x import Mock", "from .give import Mock"),  # a circle
        ("from unittest.mock import Mock", "from . import give\ngive.other()"),
        ("from unittest.mock import Mock", "from .give import *\nprint()"),
    ],
)
def test_a_name_of_the_project_is_its_own(giver: str, taken: str) -> None:
    assert origins("test_x.py", {"give.py": giver, "test_x.py": taken}) == {}


def test_a_star_gives_names_that_the_file_does_not_bind_itself() -> None:
    text = "from pytest import *\ndef mark(): ...\nfixture, raises\n"
    found = origins("test_x.py", {"test_x.py": text})
    assert (":mark" in found, found[":fixture"]) == (False, "pytest.fixture")
    names = Names(Source("test_x.py", text.encode(), found))
    assert [names.named(n, names.module) for n in ("mark", "fixture", "print")] == [":mark", "pytest.fixture", ""]


def test_what_a_star_gives_is_known_of_the_libraries_that_count() -> None:
    assert star("mock") == star("unittest.mock") == frozenset(unittest.mock.__all__)
    assert star("pytest") >= {"fixture", "mark", "raises"}
    assert star("typing_extensions") > {"Optional", "List"}
    assert star("os") == frozenset()


@pytest.mark.parametrize(
    ("text", "lends"),
    [
        (b"from unittest import mock", True),
        (b"from unittest.mock import (\n    patch,\n    mock\n)", True),
        (b"from x import y as mock", True),
        (b"mock = um.Mock", True),
        (b"from unittest.mock import *", True),
        (b"def f():\n    return mock", False),
        (b"from mock import patch", False),
        (b"class mock: ...", False),
    ],
)
def test_a_file_is_read_for_names_only_where_it_may_give_them(text: bytes, lends: bool) -> None:
    assert may_lend(text, ["mock"]) is lends

"""A table of pyproject.toml that is no table costs what it says, never the run."""

from __future__ import annotations

import pytest

from codemods.engine.golden import MemoryWorld
from codemods.engine.propose import propose
from codemods.engine.registry import Spec
from codemods.facts.suite.config import read
from runner.services import LocalServices

FILES = {
    "src/app/api.py": "async def load() -> int:\n    return 1\n",
    "tests/test_api.py": (
        "from typing import Optional\nfrom unittest.mock import patch, MagicMock\nimport pytest\n"
        "from app import api\n\n\nx: Optional[int] = None\n\n\n@pytest.fixture\ndef db():\n    return 1\n\n\n"
        "async def test_a(db):\n    with patch('app.api.load', new=MagicMock()):\n        await api.load()\n"
    ),
}
NAMES = ("asyncio-mark", "async-fixture", "async-mock", "fixture-rename", "fixture-scope", "modernize-typing")


@pytest.mark.parametrize(
    "text",
    [
        "tool = 1", "tool = []", "[tool]\nruff = 1", "[tool]\nblack = 'x'", "[tool.black]\ntarget-version = 311",
        "[tool]\npytest = 1", "[tool.pytest]\nini_options = 1", "[tool.pytest]\nini_options = []",
        "[tool]\nsetuptools = 1", "[tool.setuptools]\npackages = 1", "[tool.poetry]\npackages = 1",
        "[tool.poetry]\npackages = [1]", "project = 1", "[project]\nentry-points = 1 # pytest11",
        "[project.entry-points]\npytest11 = 1", "[tool.hatch]\nbuild = []", "build-system = 1",
    ],
)  # fmt: skip
def test_every_codemod_finishes_over_a_table_of_another_shape(text: str) -> None:
    world = MemoryWorld(
        {"pyproject.toml": text.encode(), **{p: t.encode() for p, t in FILES.items()}}, LocalServices()
    )
    for name in NAMES:
        planned = propose(Spec(name), world)
        assert planned.files, name
        assert not planned.failures, name


@pytest.mark.parametrize(
    ("path", "text", "error"),
    [
        ("pyproject.toml", "tool = 1", "[tool] is not a table"),
        ("pyproject.toml", "[tool]\npytest = 1", "[tool.pytest] is not a table"),
        ("pyproject.toml", "[tool.pytest]\nini_options = 'x'", "[tool.pytest.ini_options] is not a table"),
        ("pytest.toml", "pytest = 1", "[pytest] is not a table"),
    ],
)
def test_a_pytest_configuration_that_is_no_table_is_an_error_of_its_file(path: str, text: str, error: str) -> None:
    config = read(path, text)
    assert config is not None
    assert config.error == error


@pytest.mark.parametrize("text", ["", "[tool]", "[tool.pytest]", "[project]\nname = 'x'"])
def test_no_table_is_no_error(text: str) -> None:
    assert read("pyproject.toml", text) is None

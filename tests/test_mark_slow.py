"""The parts of mark-slow: reports of all three kinds as pytest writes them, and the registration's text edit."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from codemods.facts.suite.config import read
from codemods.facts.suite.settings import PytestConfig
from codemods.mark_slow.register import register
from codemods.mark_slow.report import Case, Locator, parse

SUITE = """
import time
import unittest

import pytest


@pytest.fixture
def slow_fixture():
    time.sleep(0.06)
    yield
    time.sleep(0.06)


def test_fixture(slow_fixture):
    pass


@pytest.mark.parametrize("x", ["a::b", "c[d]", 0.1])
def test_params(x):
    time.sleep(0.1 if x == 0.1 else 0)


class TestA:
    class TestInner:
        def test_m(self):
            time.sleep(0.1)


class Case(unittest.TestCase):
    def test_u(self):
        time.sleep(0.1)
"""


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The reports of one real run."""
    folder = tmp_path_factory.mktemp("suite")
    (folder / "tests").mkdir()
    (folder / "tests" / "test_x.py").write_text(SUITE)
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--durations=0", "-vv", "--junit-xml=r.xml", "-p", "no:cacheprovider", "-c", "/dev/null", "--rootdir", "."],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout
    return {"junit": (folder / "r.xml").read_text(), "durations": run.stdout}


@pytest.mark.parametrize("kind", ["junit", "durations"])
def test_reports_of_pytest_are_read(reports: dict[str, str], kind: str) -> None:
    locator = Locator({"tests/test_x.py": "", "tests/other.py": ""})
    slow = set()
    for case in parse(reports[kind]):
        (found,) = locator.find(case)
        assert found[0] == "tests/test_x.py"
        assert case.ran or kind == "durations"  # pytest hides what took less than 5 ms
        if case.seconds > 0.09:
            slow.add(("::".join(found[1].names), case.parameters))
    assert slow == {
        ("test_fixture", ""), ("test_params", "[0.1]"), ("TestA::TestInner::test_m", ""), ("Case::test_u", "")
    }  # fmt: skip


def test_json_report() -> None:
    text = json.dumps(
        {
            "tests": [
                {
                    "nodeid": "tests/test_a.py::TestA::test_b[1]",
                    "outcome": "passed",
                    "setup": {"duration": 1.0},
                    "call": {"duration": 0.25},
                    "teardown": {"duration": 0.5},
                },
                {"nodeid": "tests/test_a.py::test_c", "outcome": "skipped", "setup": {"duration": 0.1}},
            ]
        }
    )
    assert parse(text) == [
        Case("tests/test_a.py", ("TestA", "test_b"), "[1]", 1.75),
        Case("tests/test_a.py", ("test_c",), "", 0.1, ran=False),
    ]


@pytest.mark.parametrize("text", ["", "no durations", "<a", "{", "[]", '{"tests": 1}', '{"tests": [{}]}'])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse(text)


def test_a_case_is_found_below_another_rootdir_and_behind_a_prefix() -> None:
    locator = Locator({"pkg/tests/test_a.py": "pkg", "tests/test_a.py": ""})
    below = Case("tests.test_a.TestX", ("test_m",), "", 1, file="pkg/tests/test_a.py")
    assert [p for p, _ in locator.find(below)] == ["pkg/tests/test_a.py"]
    prefixed = Case("ci.pkg.tests.test_a.TestX", ("test_m",), "", 1)
    assert [(p, c.names) for p, c in locator.find(prefixed)] == [("pkg/tests/test_a.py", ("TestX", "test_m"))]
    assert locator.find(Case("gone.test_z", ("test_m",), "", 1)) == []
    assert locator.find(Case("gone/test_z.py", ("test_m",), "", 1)) == []


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("pytest.ini", "", "[pytest]\nmarkers =\n    slow: x\n"),
        ("pytest.ini", "[pytest]\naddopts = -q\n\n", "[pytest]\naddopts = -q\nmarkers =\n    slow: x\n\n"),
        ("pytest.ini", "[pytest]\naddopts = -q", "[pytest]\naddopts = -q\nmarkers =\n    slow: x\n"),
        ("tox.ini", "[pytest]\nmarkers =\n  a: b\n  # c\n\n  d\nx = 1\n", "[pytest]\nmarkers =\n  a: b\n  # c\n\n  d\n  slow: x\nx = 1\n"),
        ("tox.ini", "[tox]\nmarkers = no\n[pytest]\nmarkers = a: b\n[z]\n", "[tox]\nmarkers = no\n[pytest]\nmarkers = a: b\n    slow: x\n[z]\n"),
        ("setup.cfg", "[tool:pytest]\nmarkers=\n\ta\n", "[tool:pytest]\nmarkers=\n\ta\n\tslow: x\n"),
        ("pytest.ini", "[pytest]\r\nmarkers =\r\n  a\r\n", "[pytest]\r\nmarkers =\r\n  a\r\n  slow: x\r\n"),
        ("pyproject.toml", '[project]\nname = "a"\n', '[project]\nname = "a"\n\n[tool.pytest.ini_options]\nmarkers = ["slow: x"]\n'),
        ("pyproject.toml", "[tool.pytest.ini_options]\n", '[tool.pytest.ini_options]\nmarkers = ["slow: x"]\n'),
        ("pyproject.toml", "[tool.pytest.ini_options]", '[tool.pytest.ini_options]\nmarkers = ["slow: x"]'),
        (
            "pyproject.toml",
            '[tool.pytest.ini_options]\ntestpaths = [\n  "a",\n]\n\n# next\n[tool.x]\nmarkers = []\n',
            '[tool.pytest.ini_options]\ntestpaths = [\n  "a",\n]\nmarkers = ["slow: x"]\n\n# next\n[tool.x]\nmarkers = []\n',
        ),
        ("pyproject.toml", "[tool.pytest.ini_options]\nmarkers = []  # none\n", '[tool.pytest.ini_options]\nmarkers = ["slow: x"]  # none\n'),
        ("pyproject.toml", "[tool.pytest.ini_options]\nmarkers = ['a: [b]']\n", "[tool.pytest.ini_options]\nmarkers = ['a: [b]', \"slow: x\"]\n"),
        (
            "pyproject.toml",
            '[tool.pytest.ini_options]\nmarkers = [\n    "a",  # one\n    "b",  # two\n]\n',
            '[tool.pytest.ini_options]\nmarkers = [\n    "a",  # one\n    "b",  # two\n    "slow: x",\n]\n',
        ),
        (
            "pyproject.toml",
            '[tool.pytest.ini_options]\nmarkers = [\n    "a",\n    "b"\n]\n',
            '[tool.pytest.ini_options]\nmarkers = [\n    "a",\n    "b",\n    "slow: x"\n]\n',
        ),
        (
            "pyproject.toml",
            '[tool.pytest.ini_options]\nmarkers = [\n    "a",\n    "b"  # two\n]\n',
            '[tool.pytest.ini_options]\nmarkers = [\n    "a",\n    "slow: x",\n    "b"  # two\n]\n',
        ),
        (
            "pyproject.toml",
            '[tool.pytest.ini_options]\nmarkers = """\n  a: b\n"""\n',
            '[tool.pytest.ini_options]\nmarkers = """\n  a: b\n  slow: x\n"""\n',
        ),
        ("pyproject.toml", "[tool.pytest]\nxfail_strict = true\n", '[tool.pytest]\nxfail_strict = true\nmarkers = ["slow: x"]\n'),
        ("pytest.toml", '[pytest]\naddopts = ["-q"]\n', '[pytest]\naddopts = ["-q"]\nmarkers = ["slow: x"]\n'),
        ("pytest.toml", "", '[pytest]\nmarkers = ["slow: x"]\n'),
        ("pyproject.toml", "tool.pytest.ini_options.markers = ['a']\n", None),
        ("pyproject.toml", "[tool]\npytest = {ini_options = {addopts = '-q'}}\n", None),
        ("pyproject.toml", "[tool.pytest.ini_options]\nmarkers = 'a'\n", None),
    ],
)  # fmt: skip
def test_registration_is_a_minimal_edit(path: str, before: str, after: str | None) -> None:
    config = read(path, before) or PytestConfig(path=path)
    edit = register(config, before, "slow: x")
    got = None if edit is None else before[: edit.start] + edit.new + before[edit.end :]
    assert got == after
    if got is not None:
        found = read(path, got)
        assert found is not None
        assert found.declares_marker("slow")

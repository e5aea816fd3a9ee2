"""pytest itself says which fixture each test gets, before and after fixture-rename: nothing but the name may differ."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from codemods.engine import golden
from codemods.engine.source import Source, is_function
from codemods.engine.values import Unreadable
from tests.suite_oracle import Files, Tests, collected

GOLDEN = Path(__file__).parent.parent / "golden" / "fixture_rename"


def renamed(files: Files, old: str = "db", new: str = "db_session") -> dict[str, bytes]:
    """The files after a run that applies what is safe."""
    result = golden.run("fixture-rename", ["--old", old, "--new", new], files)
    return {p: d for p, d in {**files, **result.composed.files}.items() if d is not None}


def moved(before: Tests, after: Tests, old: str = "db", new: str = "db_session") -> list[str]:
    """The tests that do not get the very fixtures that they got."""
    wrong = [f"{test} is not collected any more" for test in before.keys() - after.keys()]
    for test in before.keys() & after.keys():
        one = sorted((place, n) for n, places in before[test].items() for place in places)
        two = sorted((place, n) for n, places in after[test].items() for place in places)
        follows = (p == q and (n == m or (n, m) == (old, new)) for (p, n), (q, m) in zip(one, two, strict=False))
        if len(one) != len(two) or not all(follows):
            wrong.append(f"{test}: {one} became {two}")
    return wrong


def test_pytest_gives_each_test_of_the_golden_cases_the_same_fixtures(tmp_path: Path) -> None:
    projects: dict[str, Files] = {}
    for where in golden.cases(GOLDEN):
        case = golden.load_case(where)
        other = {"--on-collision", "--keep-alias", "--fix-dangling", "--old"} & {*case.arguments}
        if where.is_dir() and case.after and not other:
            projects[f"{where.stem}-1"] = case.before
            projects[f"{where.stem}-2"] = {p: d for p, d in {**case.before, **case.after}.items() if d is not None}
    found = collected(tmp_path, projects)
    compared = 0
    for name in sorted({n[:-2] for n in projects}):
        before, after = found[f"{name}-1"], found[f"{name}-2"]
        if before:  # the others need a plugin that is not installed
            assert after is not None, name
            assert not moved(before, after), name
            compared += len(before)
    assert compared > 30


# ---- every combination of where a fixture is and how a test asks for it ------------------------

FIXTURE = "import pytest\n\n@pytest.fixture\ndef {}(): ...\n"
PLACES = {
    "the root alone": {"conftest.py": FIXTURE.format("db")},
    "the root, NEW nearer": {
        "conftest.py": FIXTURE.format("db"),
        "tests/conftest.py": FIXTURE.format("db_session"),
    },
    "nearer, NEW in the root": {
        "conftest.py": FIXTURE.format("db_session"),
        "tests/conftest.py": FIXTURE.format("db"),
    },
    "overridden, NEW between": {
        "conftest.py": FIXTURE.format("db"),
        "tests/conftest.py": FIXTURE.format("db_session"),
        "tests/deep/conftest.py": FIXTURE.format("db"),
    },
}
MARKS = """import pytest

needs = pytest.mark.usefixtures("db")
both = [pytest.mark.slow, needs]


class Marks:
    stored = pytest.mark.usefixtures("tmp_path", "db")


def built():
    return needs


def wraps(function):
    return pytest.mark.usefixtures("db")(function)
"""
BASES = """import pytest
from unittest import TestCase


class Plain:
    def test_inherited(self, db): ...


class Off:
    __test__ = False

    def test_off(self, db): ...


@pytest.mark.usefixtures("db")
class Marked: ...


class Case(TestCase):
    @pytest.mark.usefixtures("db")
    def test_case(self): ...


class Left(Off): ...


class Right(Off):
    __test__ = True


class Constructed:
    def __init__(self): ...
"""
ASKS = {
    "by parameter": "def test_a(db): ...\n",
    "by a mark of another file": "from marks import needs\n\n@needs\ndef test_a(): ...\n",
    "by a mark under another name": "import marks as m\n\nmine = m.needs\n\n@mine\ndef test_a(): ...\n",
    "by a list of marks": "from marks import both\n\npytestmark = both\n\ndef test_a(): ...\n",
    "by a mark in a class": "from marks import Marks\n\n@Marks.stored\nclass TestA:\n    def test_a(self): ...\n",
    "by a mark that is built": "from marks import built\n\n@built()\ndef test_a(): ...\n",
    "by a decorator": "from marks import wraps\n\n@wraps\ndef test_a(): ...\n",
    "in a base class": "from bases import Plain\n\nclass TestA(Plain): ...\n",
    "in a base class that is off": "from bases import Off\n\nclass TestA(Off): ...\n",
    "in one that is on again": "from bases import Off\n\nclass TestA(Off):\n    __test__ = True\n",
    "in a diamond": "from bases import Left, Right\n\nclass TestA(Left, Right): ...\n",
    "by a base class's mark": "import bases\n\nclass TestA(bases.Marked):\n    def test_a(self): ...\n",
    "in a TestCase": "from bases import Case as C\n\nclass Things(C): ...\n",
    "nowhere, for it has a constructor": "from bases import Constructed\n\nclass TestA(Constructed):\n    def test_a(self, db): ...\n",
    "switched on from outside": "class Things:\n    def test_a(self, db): ...\n\nThings.__test__ = True\n",
    "switched off from outside": "class TestA:\n    def test_a(self, db): ...\n\nTestA.__test__ = False\n",
    "through an imported class": "from bases import Marked\n\nclass TestA(Marked):\n    class TestIn:\n        def test_a(self): ...\n",
}


SHARED = {"pytest.ini": "[pytest]\nmarkers = slow\npythonpath = .\n", "marks.py": MARKS, "bases.py": BASES}
NOT_COLLECTED = {"in a base class that is off", "nowhere, for it has a constructor", "switched off from outside"}


def project(place: str, *ways: str) -> dict[str, bytes]:
    tests = {f"tests/deep/test_{list(ASKS).index(way)}.py": ASKS[way] for way in ways}
    return {p: t.encode() for p, t in {**PLACES[place], **SHARED, **tests}.items()}


def test_pytest_gives_each_test_the_same_fixtures_however_it_asks(tmp_path: Path) -> None:
    before = {place: project(place, *ASKS) for place in ("the root alone", "nearer, NEW in the root")}
    before |= {"NEW nearer": project("the root, NEW nearer", *NOT_COLLECTED)}
    before |= {"overridden": project("overridden, NEW between", *ASKS)}
    after = {name: renamed(files) for name, files in before.items()}
    found = collected(
        tmp_path, {f"{n}-{i}": files for i, all_ in enumerate((before, after)) for n, files in all_.items()}
    )
    for name, files in before.items():
        one, two = found[f"{name}-0"], found[f"{name}-1"]
        assert files != after[name], f"{name}: nothing is renamed"
        assert one is not None, name
        assert two is not None, name
        assert not moved(one, two), name
    assert len(found["the root alone-0"] or ()) > 15


@pytest.mark.parametrize("way", ASKS)
def test_a_nearer_new_name_stops_the_rename_where_a_test_would_get_it(way: str) -> None:
    files = project("the root, NEW nearer", way)
    assert (renamed(files) != files) is (way in NOT_COLLECTED)


def definitions(files: Files, name: str) -> list[tuple[str, int]]:
    """Where a function of that name stands under a decorator that says fixture."""
    found = []
    for path, data in files.items():
        source = Source(path, data)
        try:
            nodes = list(ast.walk(source.tree)) if path.endswith(".py") else []
        except Unreadable:
            continue
        for node in nodes:
            if is_function(node) and node.name == name:
                texts = [ast.unparse(d) for d in node.decorator_list]
                if any("fixture" in t and "name=" not in t for t in texts):
                    found.append((path, node.lineno))
    return found


@pytest.mark.parametrize("where", golden.cases(GOLDEN), ids=lambda where: where.stem)
def test_every_definition_is_changed_or_listed(where: Path) -> None:
    case = golden.load_case(where)
    chosen = {"--definition", "--keep-alias"} & {*case.arguments}
    old = case.arguments[case.arguments.index("--old") + 1] if "--old" in case.arguments else "db"
    step = golden.run("fixture-rename", case.arguments, case.before).step
    spans = [(e.path, e.start, e.end) for c in step.changes for e in c.edits]
    found = [(p, n) for p, n in definitions(case.before, old) if b"from .own import fixture" not in case.before[p]]
    for path, line in found if not chosen else ():
        source = Source(path, case.before[path])
        first, last = source.line_starts[line - 1], source.line_end(line)
        changed = any(p == path and a <= last and first <= b for p, a, b in spans)
        alone = len({n for p, n in found if p == path}) == 1
        listed = any(s.path == path and (alone or s.line == line) for s in step.skips)
        assert changed or listed, f"{path}:{line}"

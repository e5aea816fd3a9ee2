"""The command on the result: what breaks it is found and left out, whatever kind of failure it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from runner.errors import VerifyFailed
from tests.verifying import Changes, worktrees

Make = Callable[..., Path]
CALC = (
    "def add(a, b):\n    return a + b\n\n\ndef double(a):\n    return add(a, a)\n\n\ndef name():\n    return 'calc'\n"
)
TEST = (
    "from calc import add, double, name\n\n\ndef test_add():\n    assert add(1, 2) == 3\n\n\n"
    "def test_double():\n    assert double(4) == 8\n\n\ndef test_name():\n    assert name() == 'calc'\n"
)
PROJECT = {"calc.py": CALC, "test_calc.py": TEST}


def test_a_change_that_breaks_a_test_is_left_out_with_the_test(make_repo: Make, environment: Path) -> None:
    repo = make_repo(PROJECT)
    changes = Changes(
        repo,
        {
            "good": ("calc.py", "return a + b", "return b + a"),
            "bad": ("calc.py", "return add(a, a)", "return add(a, 3)"),
            "better": ("calc.py", "'calc'", '"calc"'),
        },
    )
    found = changes.verify("pytest", "-q", environment=environment)
    assert found.kept == {"good", "better"}
    assert found.excluded["bad"].tests == ("test_calc.py::test_double",)
    assert found.excluded["bad"].reason == "test_calc.py::test_double fails with it"
    assert (found.runs, found.base_runs, found.tests, found.set_aside) == (2, 2, 3, ())
    assert found.runs + found.narrow <= 2 * 5  # prefix bisection of three: 5
    assert worktrees(repo) == []
    again = Changes(repo, {key: edit for key, edit in changes.edits.items() if key != "bad"})
    second = again.verify("pytest", "-q", environment=environment)
    assert (second.kept, second.runs, second.narrow, second.base_runs) == ({"good", "better"}, 1, 0, 0)


def test_two_that_break_it_only_together_cost_the_later_one(make_repo: Make, environment: Path) -> None:
    changes = Changes(
        make_repo(PROJECT),
        {
            "first": ("calc.py", "def add(a, b):", "def add(a, b, c=0):"),
            "good": ("calc.py", "'calc'", '"calc"'),
            "second": ("calc.py", "return add(a, a)", "return add(a, a, *(1 for _ in add.__defaults__ or ()))"),
        },
    )
    changes.edits = {  # only with the first one there is a default, and only with the second one it is used
        **changes.edits,
        "first": ("calc.py", "def add(a, b):\n    return a + b", "def add(a, b, c=0):\n    return a + b + c"),
    }
    found = changes.verify("pytest", environment=environment)
    assert found.kept == {"first", "good"}
    assert found.excluded["second"].reason == (
        "test_calc.py::test_double fails with it, though not by itself: only together with another change"
    )


def test_with_all_or_nothing_there_is_nothing(make_repo: Make, environment: Path) -> None:
    changes = Changes(make_repo(PROJECT), {"bad": ("calc.py", "a + b", "a - b")})
    with pytest.raises(VerifyFailed, match=r"test_calc.py::test_add and 1 more fail; nothing was delivered"):
        changes.verify("pytest", environment=environment, all_or_nothing=True)


# ---- failures of any kind ----------------------------------------------------------------------

HELPER = "def help():\n    return 1\n"
KINDS = {
    "a module that cannot be imported": (("calc.py", "def name", "import nowhere\n\n\ndef name"), "test_calc.py"),
    "a test file that cannot be parsed": (("test_calc.py", "def test_name():", "def test_name(:"), "test_calc.py"),
    "a conftest that cannot be imported": (("conftest.py", "import helper", "import nowhere"), "(the command)"),
    "a crash of Python": (("calc.py", "'calc'", "__import__('os').abort()"), "test_calc.py::test_name"),
    "an exit in the middle": (("calc.py", "'calc'", "__import__('os')._exit(0)"), "test_calc.py::test_name"),
    "a test that never ends": (("calc.py", "'calc'", "__import__('time').sleep(600)"), "test_calc.py::test_name"),
    "a fixture that fails": (("conftest.py", "return 1", "return 1 / 0"), "test_more.py::test_fixture"),
    "tests that are skipped whole": (("helper.py", "def help", "import nowhere\n\n\ndef help"), "test_skipping.py"),
    "a test that is not found any more": (
        ("conftest.py", "collect_ignore = []", "collect_ignore = ['test_more.py']"),
        "test_more.py::test_fixture",
    ),
    "an exit code that says so": (("conftest.py", "FAIL = False", "FAIL = True"), "(the command)"),
}
MORE = {
    **PROJECT,
    "helper.py": HELPER,
    "conftest.py": (
        "import pytest\n\nimport helper as helper\n\ncollect_ignore = []\nFAIL = False\n\n\n"
        "@pytest.fixture\ndef one():\n    return 1\n\n\n"
        "@pytest.hookimpl(trylast=True)\ndef pytest_sessionfinish(session):\n    session.exitstatus = 1 if FAIL else session.exitstatus\n"
    ),
    "test_more.py": "def test_fixture(one):\n    assert one == 1\n",
    "test_skipping.py": "import pytest\n\nhelper = pytest.importorskip('helper')\n\n\ndef test_it():\n    assert helper.help()\n",
}
SKIPPING = {**MORE, "conftest.py": MORE["conftest.py"].replace("import helper as helper\n", "")}


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_kind_of_failure_it_is(make_repo: Make, environment: Path, kind: str) -> None:
    edit, name = KINDS[kind]
    files = SKIPPING if "skipped" in kind else MORE
    changes = Changes(make_repo(files), {"bad": edit})
    limit = 5.0 if "never" in kind else 0.0
    told = re.escape(name.strip("()")) + r".* fail"
    with pytest.raises(VerifyFailed, match=told):
        changes.verify("pytest", "-q", "-x", environment=environment, timeout=limit, all_or_nothing=True)


def test_what_fails_on_the_base_does_not_count(make_repo: Make, environment: Path) -> None:
    test = TEST + "\n\ndef test_wrong():\n    assert name() == 'other'\n"
    files = {**PROJECT, "test_calc.py": test, "test_broken.py": "import nowhere\n"}
    edits = {"good": ("calc.py", "a + b", "b + a"), "bad": ("calc.py", "add(a, a)", "add(a, 1)")}
    found = Changes(make_repo(files), edits).verify("pytest", "-x", environment=environment)
    assert (found.kept, found.excluded["bad"].tests) == ({"good"}, ("test_calc.py::test_double",))
    assert found.set_aside == ("test_broken.py", "test_calc.py::test_wrong")
    assert found.notes == (
        "set aside, they fail without the changes or not always: test_broken.py, test_calc.py::test_wrong",
    )


def test_what_failed_on_the_base_counts_once_it_passes_there(
    make_repo: Make, environment: Path, tmp_path: Path
) -> None:
    """Its service was down when the base was remembered: nothing in the commit or the environment tells that it is up."""
    service = tmp_path / "service"
    test = (
        "from pathlib import Path\n\nfrom calc import add\n\n\ndef test_service():\n"
        f"    assert add(1, int(Path({str(service)!r}).read_text())) == 2\n"
    )
    repo = make_repo({**PROJECT, "test_calc.py": "def test_nothing():\n    import calc\n", "test_service.py": test})
    bad = Changes(repo, {"bad": ("calc.py", "return a + b", "return a - b")})
    down = bad.verify("pytest", environment=environment)
    assert (down.kept, down.set_aside) == ({"bad"}, ("test_service.py::test_service",))
    again = bad.verify("pytest", environment=environment)
    assert (again.kept, again.base_runs) == ({"bad"}, 0)  # it is down yet
    service.write_text("1")
    up = bad.verify("pytest", environment=environment)
    assert (up.kept, up.excluded["bad"].tests, up.base_runs) == (
        set(),
        ("test_service.py::test_service",),
        2,
    )  # once more alone


def test_what_fails_once_and_then_passes_does_not_count(make_repo: Make, environment: Path, tmp_path: Path) -> None:
    """It passes on the base, fails in the first run of the result, alone it passes, and then with all others too."""
    test = (
        f"from pathlib import Path\n\n\ndef test_now_and_then():\n    count = Path({str(tmp_path / 'count')!r})\n"
        "    number = int(count.read_text()) + 1 if count.exists() else 1\n"
        "    count.write_text(str(number))\n    assert number != 2\n"
    )
    changes = Changes(make_repo({**PROJECT, "test_flaky.py": test}), {"good": ("calc.py", "a + b", "b + a")})
    found = changes.verify("pytest", environment=environment)
    assert (found.kept, found.excluded, found.set_aside) == ({"good"}, {}, ("test_flaky.py::test_now_and_then",))
    assert (found.runs, found.narrow) == (2, 1)


def test_what_fails_only_behind_other_tests_is_no_chance(make_repo: Make, environment: Path) -> None:
    files = {
        **PROJECT,
        "test_state.py": "import calc\n\n\ndef test_a():\n    calc.name()\n\n\ndef test_b():\n    assert not hasattr(calc, 'seen')\n",
    }
    edits = {
        "good": ("calc.py", "a + b", "b + a"),
        "bad": ("calc.py", "    return 'calc'", "    global seen\n    seen = 1\n    return 'calc'"),
    }
    found = Changes(make_repo(files), edits).verify("pytest", environment=environment)
    assert (found.kept, found.excluded["bad"].tests) == ({"good"}, ("test_state.py::test_b",))


def test_a_test_that_needs_others_before_it_blames_nobody_for_that(make_repo: Make, environment: Path) -> None:
    """It fails alone on the base as well: all tests have to run to tell good from bad."""
    test = "import calc\n\n\ndef test_a():\n    calc.ready = calc.name()\n\n\ndef test_b():\n    assert calc.ready == 'calc'\n"
    edits = {
        "good": ("calc.py", "a + b", "b + a"),
        "bad": ("calc.py", "'calc'", "'clac'"),
        "fine": ("calc.py", "add(a, a)", "add(a, b=a)"),
    }
    files = {"calc.py": CALC, "test_state.py": test}
    found = Changes(make_repo(files), edits).verify("pytest", environment=environment)
    assert (found.kept, set(found.excluded)) == ({"good", "fine"}, {"bad"})


def test_a_test_may_be_renamed_or_marked_by_a_change_of_its_file(make_repo: Make, environment: Path) -> None:
    edits = {
        "renamed": ("test_calc.py", "def test_name", "def test_its_name"),
        "marked": ("test_calc.py", "def test_double", "@pytest.mark.skip(reason='slow')\ndef test_double"),
        "imported": ("test_calc.py", "from calc", "import pytest\nfrom calc"),
    }
    found = Changes(make_repo(PROJECT), edits).verify("pytest", environment=environment)
    assert (found.kept, found.excluded) == ({"renamed", "marked", "imported"}, {})
    assert found.notes == ("gone by a change of their own file: test_calc.py::test_name",)


def test_parametrized_tests_whose_names_differ_from_run_to_run_are_counted(
    make_repo: Make, environment: Path
) -> None:
    test = "import uuid\n\nimport pytest\n\n\n@pytest.mark.parametrize('n', [uuid.uuid4().hex, uuid.uuid4().hex])\ndef test_it(n):\n    assert n\n"
    changes = Changes(make_repo({**PROJECT, "test_names.py": test}), {"good": ("calc.py", "a + b", "b + a")})
    found = changes.verify("pytest", environment=environment)
    assert (found.kept, found.runs, found.tests) == ({"good"}, 1, 5)


def test_with_xdist_too(make_repo: Make, environment: Path) -> None:
    edits = {
        "bad": ("calc.py", "add(a, a)", "add(a, 1)"),
        "crash": ("calc.py", "'calc'", "__import__('os').abort()"),
    }
    changes = Changes(make_repo({**PROJECT, "pytest.ini": "[pytest]\naddopts = -n 1\n"}), edits)
    with pytest.raises(VerifyFailed, match=r"test_calc.py::test_double and 1 more fail"):
        changes.verify("python", "-m", "pytest", environment=environment, all_or_nothing=True)


def test_a_command_with_exit_codes_alone(make_repo: Make, environment: Path) -> None:
    script = "import sys\n\nfrom calc import add, double\n\nsys.exit(not (add(1, 2) == 3 and double(4) == 8))\n"
    edits = {f"good {n}": ("calc.py", "'calc'", f"'calc{n}'") for n in range(1)} | {
        "bad": ("calc.py", "a + b", "a - b"),
        "fine": ("calc.py", "add(a, a)", "add(a, b=a)"),
    }
    changes = Changes(make_repo({"calc.py": CALC, "check.py": script}), edits)
    found = changes.verify("python", "check.py", environment=environment)
    assert (found.kept, set(found.excluded)) == ({"good 0", "fine"}, {"bad"})
    assert found.excluded["bad"].tests == ("(the command)",)


# ---- what makes it impossible ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "files", "why"),
    [
        ("pytest", {"test_a.py": "def test_a():\n    assert 0\n"}, r"no test passes on the base: test_a.py::test_a: assert 0"),
        ("pytest", {"test_a.py": "import nowhere\n"}, r"no test passes on the base: test_a.py: .*No module named 'nowhere'"),
        ("pytest", {"a.py": ""}, r"no test passes on the base: no tests ran"),
        ("pytest --nonsense", {"a.py": ""}, r"the command fails on the base already \(exit code 4\)"),
        ("python -c 1/0", {"a.py": ""}, r"exit code 1\): ZeroDivisionError: division by zero; only where it is pytest itself"),
        ("no-such-thing", {"a.py": ""}, r"no-such-thing: there is no such program; activate the project's environment"),
        ("pytest", {"test_a.py": "def test_a():\n    __import__('os').abort()\n"}, r"pytest does not come to its end on the base: it was ended by signal 6"),
    ],
)  # fmt: skip
def test_where_nothing_can_be_said_nothing_is_delivered(
    make_repo: Make, environment: Path, command: str, files: dict[str, str], why: str
) -> None:
    changes = Changes(make_repo({"calc.py": CALC, **files}), {"any": ("calc.py", "a + b", "b + a")})
    with pytest.raises(VerifyFailed, match=why) as failed:
        changes.verify(*command.split(), environment=environment)
    assert str(failed.value).endswith("nothing was delivered")
    assert "\n" not in str(failed.value)

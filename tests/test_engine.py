"""From files to changes to checked bytes: groups, ignore comments, anchors, failures, convergence."""

from __future__ import annotations

import random
import warnings
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from codemods.engine.check import Composed, compose_checked
from codemods.engine.golden import MemoryWorld
from codemods.engine.propose import Step, propose
from codemods.engine.registry import Spec
from codemods.engine.values import Change, Import, Part, Safety
from codemods.engine.world import Outcome, Task
from runner.services import LocalServices

LOCAL = Path(__file__).parent / "local"


class Files(MemoryWorld):
    """Files in memory, some of which may not be edited; tasks end in any order."""

    def __init__(self, files: Mapping[str, str | bytes], locked: Sequence[str] = ()) -> None:
        data = {p: d.encode() if isinstance(d, str) else d for p, d in files.items()}
        super().__init__(data, LocalServices())
        self.locked = locked

    def editable(self, path: str) -> str:
        return "locked" if path in self.locked else ""

    def run(self, tasks: Sequence[Task]) -> Iterator[tuple[Task, Outcome]]:
        outcomes = list(super().run(tasks))
        random.shuffle(outcomes)
        return iter(outcomes)

    def overlay(self, files: Mapping[str, bytes | None]) -> Files:
        return Files(super().overlay(files).files, self.locked)


def spec(name: str, **options: object) -> Spec:
    return Spec(str(LOCAL / f"{name}.py"), tuple(options.items()))


def planned(name: str, files: Mapping[str, str | bytes], locked: Sequence[str] = (), **options: object) -> Step:
    return propose(spec(name, **options), Files(files, locked))


def skips(step: Step | Composed) -> list[str]:
    return [f"{s.path}:{s.line} {s.code}" for s in step.skips]


def composed(name: str, files: Mapping[str, str | bytes], locked: Sequence[str] = (), **options: object) -> Composed:
    """What applying the safe changes gives."""
    world = Files(files, locked)
    step = propose(spec(name, **options), world)
    return compose_checked(step, [c for c in step.changes if c.safety is Safety.SAFE], world)


def texts(done: Composed) -> dict[str, str | None]:
    return {p: d if d is None else d.decode() for p, d in done.files.items()}


SWAP = "from legacy import old\n\n\ndef f():\n    return old(1)\n"


# ---- changes -----------------------------------------------------------------------------------


def test_parts_that_stand_alone_are_changes_in_their_order() -> None:
    text = "from legacy import old\nold(1)\nold(a=2)\nold(*[])\n"
    step = planned("swap_call", {"b.py": text, "a.py": text, "c.py": "x = 1\n", "d.txt": "old"})
    assert [(c.paths, c.parts[0].line, c.safety) for c in step.changes] == [
        (("a.py",), 2, Safety.SAFE),
        (("a.py",), 3, Safety.UNSAFE),
        (("b.py",), 2, Safety.SAFE),
        (("b.py",), 3, Safety.UNSAFE),
    ]
    assert skips(step) == ["a.py:4 X01-stars", "b.py:4 X01-stars"]
    assert step.files == 2


def test_parts_of_one_group_are_one_change() -> None:
    step = planned("rename_everywhere", {"a.py": "new = 1\n", "b.py": "from a import new\nnew\n"})
    (change,) = step.changes
    assert change.paths == ("a.py", "b.py")
    assert len(change.edits) == 3


def test_nothing_to_search_is_nothing_to_do() -> None:
    assert planned("swap_call", {"a.py": "x = 1\n"}) == Step(spec("swap_call"))


def test_the_order_in_which_workers_answer_does_not_matter() -> None:
    files = {f"{n}.py": f"new = {n}\nnew  # {n}\n" for n in range(9)}
    steps = {repr(planned("rename_everywhere", files)) for _ in range(5)}
    steps |= {repr(planned("rename_everywhere", dict(reversed(files.items()))))}
    assert len(steps) == 1


# ---- identity ----------------------------------------------------------------------------------


def identity(text: str, path: str = "a.py") -> list[tuple[str, str]]:
    return [(c.key, c.digest) for c in planned("swap_call", {path: text}).changes]


@pytest.mark.parametrize(
    "other",
    [
        "# above\n" + SWAP,
        SWAP + "\n\ndef g(): ...\n",
        SWAP.replace("return old(1)", "a = 1\n    return old(1)"),
        SWAP.replace("\n", "\r\n"),
        SWAP.replace("old(1)", "old(2)"),  # the edit is the same: the name alone
        "from legacy import old\nold(9)\n" + SWAP.partition("\n")[2],
    ],
)
def test_a_change_is_the_same_whatever_stands_around_it(other: str) -> None:
    (mine,) = identity(SWAP)
    assert mine in identity(other)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (SWAP, "b.py"),
        (SWAP.replace("def f", "def g"), "a.py"),
        (SWAP.replace("def f():\n    return", "class f:\n    x = 1\n\n\nx ="), "a.py"),
        (SWAP.replace("import old", "import old as older").replace("old(1)", "older(1)"), "a.py"),
    ],
)
def test_a_change_elsewhere_or_of_something_else_is_another(text: str, path: str) -> None:
    (mine,) = identity(SWAP)
    assert mine[0] not in [key for key, _ in identity(text, path)]


def test_an_anchor_says_where_and_what() -> None:
    (change,) = planned("swap_call", {"a.py": SWAP}).changes
    assert change.anchor == "a.py::f old → new #0"


def test_equal_changes_are_told_apart_by_their_number() -> None:
    twice = SWAP.replace("return old(1)", "old(1)\n    return old(1)")
    first, second = identity(twice)
    assert first[0] != second[0]
    assert first[1] == second[1]
    assert first == identity(SWAP)[0]


def test_a_group_keeps_its_key_but_not_its_digest_when_a_part_comes() -> None:
    (one,) = planned("rename_everywhere", {"a.py": "new = 1\n"}).changes
    (two,) = planned("rename_everywhere", {"a.py": "x = 1\nnew = 1\n"}).changes
    (three,) = planned("rename_everywhere", {"a.py": "new = 1\nnew\n"}).changes
    assert one.key == two.key == three.key
    assert one.digest == two.digest != three.digest


def test_a_change_of_imports_alone_has_a_digest_of_its_own() -> None:
    def digest(*requires: Import) -> str:
        return Change("c", "a", "r", Safety.SAFE, (Part("a.py", 1, "r", (), requires=requires),)).digest

    assert digest(Import("a")) != digest(Import("b"))


# ---- what blocks -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("    return old(1)  # codemod: ignore", ["C002-ignored"]),
        ("    return old(1)  # codemod: ignore[swap-call]", ["C002-ignored"]),
        ("    return old(1)  # noqa # codemod:ignore [a, swap-call]", ["C002-ignored"]),
        ("    return old(1)  # codemod: ignore[async-mock]", []),
        ("    return old(1)  # codemod: ignored", ["C003-unused-ignore"]),
        ("    return '# codemod: ignore', old(1)", []),
        # anywhere in the statement
        ("    return old(  # codemod: ignore\n        1\n    )", ["C002-ignored"]),
        ("    return [\n        old(1),\n    ]  # codemod: ignore", ["C002-ignored"]),
        ("    if old(1):  # codemod: ignore\n        pass", ["C002-ignored"]),
        ("    with a, old(1) as b, \\\n        c:  # codemod: ignore\n        pass", ["C002-ignored"]),
        ("    @old(1)\n    def g():  # codemod: ignore\n        pass", ["C002-ignored"]),
        ("    try: pass\n    except old(1):  # codemod: ignore\n        pass", ["C002-ignored"]),
        # but not in another one
        ("    if a:  # codemod: ignore\n        old(1)", []),
        ("    # codemod: ignore\n    old(1)", []),
        ("    a = 1  # codemod: ignore\n    old(1)", []),
        ("    def g():\n        old(1)\n        # codemod: ignore", ["C003-unused-ignore"]),  # on a line of its own
        # in the whole file
        ("    old(1)\n# codemod: ignore-file", ["C002-ignored"]),
        ("    old(1)\n# codemod: ignore-file[swap-call]", ["C002-ignored"]),
        ("    old(1)\n# codemod: ignore-file[async-mock]", []),
        ("    old(1)\n# codemod: ignore-file[other]", ["C003-unused-ignore"]),
        # of no use any more
        ("    a = 1  # codemod: ignore[swap-call]\n    old(1)", ["C003-unused-ignore"]),
        ("    old(1)  # codemod: ignore[swap-call]\n    # codemod: ignore[swap-call]", ["C002-ignored", "C003-unused-ignore"]),
    ],
)  # fmt: skip
def test_ignore_comments_hide_the_statement_that_they_stand_in(text: str, expected: list[str]) -> None:
    step = planned("swap_call", {"a.py": f"from legacy import old\ndef f(a, c):\n{text}\n"})
    assert [s.code for s in step.skips] == expected
    assert len(step.changes) == ("C002-ignored" not in expected)


def test_one_ignored_part_blocks_the_group() -> None:
    files = {"a.py": "new = 1\n", "b.py": "new = 2  # codemod: ignore\n", "c.py": "new = 3\n"}
    step = planned("rename_everywhere", files)
    assert step.changes == ()
    assert [(s.path, s.code, s.group) for s in step.skips] == [("b.py", "C002-ignored", "new -> newest")]


def test_an_excluded_part_blocks_the_group_once() -> None:
    files = {"a.py": "new = 1\n", "b.py": "new = 2\nnew\n", "c.py": "new = 3\n"}
    step = planned("rename_everywhere", files, locked=["b.py", "c.py"])
    assert step.changes == ()
    assert skips(step) == ["b.py:1 C004-excluded"]
    assert step.skips[0].reason == "locked: new → newest"


def test_excluded_files_of_other_codemods_are_not_searched() -> None:
    step = planned("swap_call", {"a.py": SWAP, "b.py": SWAP}, locked=["b.py"])
    assert [c.paths for c in step.changes] == [("a.py",)]
    assert step.skips == ()
    assert step.files == 1


USE = "from conf import ONE, TWO\nuse = [ONE, ONE, TWO]\n"


def test_facts_come_from_files_that_are_followed_to() -> None:
    step = planned("inline_constant", {"a.py": USE, "conf.py": "ONE = 1\nTWO = 2\n"})
    assert {c.anchor: len(c.edits) for c in step.changes} == {"conf.ONE": 2, "conf.TWO": 1}
    assert step.files == 1


def test_a_note_blocks_its_group() -> None:
    step = planned("inline_constant", {"a.py": USE, "conf.py": "ONE = None\nTWO = 2\n"})
    assert [c.anchor for c in step.changes] == ["conf.TWO"]
    assert skips(step) == ["a.py:1 X10-twice"]


# ---- failures ----------------------------------------------------------------------------------


@pytest.mark.parametrize("bad", ["old = (\n", b"old = '\xff'\n", "old = 1\0\n", "old = " + "(" * 500])
def test_an_unreadable_file_costs_itself(bad: str | bytes) -> None:
    step = planned("swap_call", {"bad.py": bad, "good.py": SWAP})
    assert [c.paths for c in step.changes] == [("good.py",)]
    assert skips(step) == ["bad.py:1 C001-syntax"]
    assert list(step.failures) == ["bad.py"]


def test_a_crash_costs_one_file_and_says_where() -> None:
    step = planned("misbehave", {"bad.py": "x = 1  # raise here\n", "good.py": "x = 1\n"})
    assert [c.paths for c in step.changes] == [("good.py",)]
    assert skips(step) == ["bad.py:1 C006-crashed"]
    assert step.failures["bad.py"].startswith("RuntimeError: as told (misbehave.py:")


def test_a_file_without_facts_is_named_to_merge_and_blocks_its_groups() -> None:
    files = {"a.py": USE, "far.py": "use = (\n", "conf.py": "ONE = 1\nTWO = 2\n"}
    step = planned("inline_constant", files)
    assert step.changes == ()
    assert [(s.path, s.code, s.group) for s in step.skips] == [
        ("far.py", "C001-syntax", "conf.ONE"),
        ("far.py", "C001-syntax", "conf.TWO"),
    ]
    assert list(step.reading.unreadable) == ["far.py"]


def test_an_unreadable_file_that_holds_facts_alone_is_no_skip() -> None:
    step = planned("inline_constant", {"a.py": USE, "conf.py": "ONE = (\n"})
    assert step.changes == ()
    assert step.skips == ()
    assert list(step.reading.unreadable) == ["conf.py"]
    assert step.failures == {}


def test_text_that_the_encoding_does_not_have_is_a_skip() -> None:
    latin = "# coding: latin-1\nnew = 'é'\n".encode("latin-1")
    step = planned("rename_everywhere", {"a.py": latin}, to="ж")
    assert step.changes == ()
    assert skips(step) == ["a.py:1 C005-encoding"]
    done = composed("rename_everywhere", {"a.py": latin}, to="ü")
    assert done.files["a.py"] == "# coding: latin-1\nü = 'é'\n".encode("latin-1")


def test_warnings_of_analysed_code_never_show() -> None:
    files = {"a.py": SWAP + "'\\d'\n1 is 1\nassert (1, 2)\n"}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert composed("swap_call", files).applied


# ---- overlap -----------------------------------------------------------------------------------


def test_of_two_that_overlap_the_outer_stays() -> None:
    files = {"a.py": "x = wrap(wrap(1))\ny = wrap(2)\n"}
    step = planned("unwrap_call", files)
    assert [c.edits[0].new for c in step.changes] == ["wrap(1)", "2"]
    assert skips(step) == ["a.py:1 C007-overlap"]


def test_what_overlapped_is_left_for_the_next_run() -> None:
    done = composed("unwrap_call", {"a.py": "wrap = 1\nx = wrap(wrap(1))\n"})
    assert texts(done) == {"a.py": "wrap = 1\nx = wrap(1)\n"}
    assert done.dropped == {}


def test_edits_that_touch_and_insertions_at_one_offset_are_changes_of_their_own() -> None:
    files = {"a.py": "a = b = b01 = c = 1\nx = a+b\n"}
    step = planned("respell", files)
    assert [c.reason for c in step.changes] == ["left", "sign", "zero", "one"]
    assert skips(step) == []
    assert texts(composed("respell", files)) == {"a.py": "a = b = b01 = c = 1\nx = c-b01\n"}


# ---- composed and checked ----------------------------------------------------------------------


def test_safe_changes_are_composed_with_their_imports() -> None:
    done = composed("swap_call", {"a.py": SWAP})
    assert texts(done) == {"a.py": "from lib import new\n\n\ndef f():\n    return new(1)\n"}
    assert done.before == {"a.py": SWAP.encode()}
    assert done.skips == ()


def test_nothing_accepted_is_nothing_composed() -> None:
    world = Files({"a.py": SWAP})
    done = compose_checked(propose(spec("swap_call"), world), [], world)
    assert (done.files, done.applied, done.dropped) == ({}, (), {})


def test_only_the_change_that_fails_is_dropped() -> None:
    text = "wrap = 1\na = wrap(1)\nb = wrap('1 +')\nc = wrap('gone')\nd = wrap(2)\n"
    done = composed("unwrap_call", {"a.py": text, "b.py": "wrap = 1\nx = wrap(3)\n"})
    assert texts(done) == {
        "a.py": "wrap = 1\na = 1\nb = wrap('1 +')\nc = wrap('gone')\nd = 2\n",
        "b.py": "wrap = 1\nx = 3\n",
    }
    assert skips(done) == ["a.py:3 C009-check", "a.py:4 C009-check"]
    assert sorted(done.dropped.values())[0].startswith("does not parse any more")
    assert len(done.applied) == 3


def test_a_change_that_fails_in_one_file_is_dropped_in_all() -> None:
    files = {"a.py": "new = 1\n", "b.py": "def f(new): return new\n", "c.py": "new = 1\n"}
    done = composed("rename_everywhere", files)
    assert done.files == {}
    assert skips(done) == ["b.py:1 C009-check"]
    assert list(done.dropped.values()) == ["leaves the name 'newest' undefined"]


def test_a_change_that_a_second_run_would_make_again_is_dropped() -> None:
    done = composed("rename_everywhere", {"a.py": "new = 1\n"}, to="(new)")
    assert done.files == {}
    assert list(done.dropped.values()) == ["a second run would change it again (new → (new))"]


def test_what_was_left_on_purpose_is_no_surprise_for_the_second_run() -> None:
    files = {
        "a.py": "from conf import ONE, TWO, SIX\nuse = [ONE, TWO, SIX]\n",
        "b.py": "from conf import ONE, TWO, SIX\nuse = [TWO, SIX]\n",
        "conf.py": "ONE = 1\nTWO = 2\nSIX = 6\n",
    }
    # TWO is unsafe and not accepted; a part of SIX is excluded: that of another file alone is changed
    done = composed("inline_constant", files, locked=["b.py"], unsafe="conf.TWO")
    assert texts(done) == {"a.py": "from conf import ONE, TWO, SIX\nuse = [1, TWO, SIX]\n"}
    assert done.dropped == {}
    done = composed("inline_constant", files, unsafe="conf.TWO")
    assert texts(done)["b.py"] == "from conf import ONE, TWO, SIX\nuse = [TWO, 6]\n"
    assert done.dropped == {}


def test_one_more_of_what_was_left_on_purpose_is_a_surprise() -> None:
    # the inner call of line 2 is left for the next run; line 3 becomes a call that nobody has planned
    done = composed("unwrap_call", {"a.py": "wrap = 1\nx = wrap(wrap(1))\ny = wrap('wrap(2)')\n"})
    assert done.files == {}
    assert set(done.dropped.values()) == {"a second run would change it again (unwrap)"}


def test_a_change_that_settle_made_is_blamed_by_its_own_anchor() -> None:
    files = {"a.py": "wrap = 1\nx = wrap('1 +')\ny = wrap(1)\n"}
    done = composed("unwrap_call", files, own_changes=True)
    assert texts(done) == {"a.py": "wrap = 1\nx = wrap('1 +')\ny = 1\n"}
    assert skips(done) == ["a.py:2 C009-check"]


def test_a_name_that_comes_from_a_change_not_accepted_is_noticed() -> None:
    world = Files({"a.py": "from legacy import old\nold(1)\nold(a=2)\n"})
    step = propose(spec("swap_call"), world)
    for change in step.changes:
        done = compose_checked(step, [change], world)
        assert texts(done)["a.py"] == (
            "from legacy import old\nfrom lib import new\n"
            + ("new(1)\nold(a=2)\n" if change is step.changes[0] else "old(1)\nnew(a=2)\n")
        )


# ---- whole files -------------------------------------------------------------------------------


def test_a_file_is_created_together_with_an_edit() -> None:
    files = {"a.py": "create('b.py', 'x = 1')\n"}
    assert texts(composed("unwrap_call", files)) == {"a.py": "0\n", "b.py": "x = 1"}


@pytest.mark.parametrize(
    ("call", "files", "reason"),
    [
        ("create('b.py', 'x = 1')", {"b.py": "y = 1\n"}, "b.py: there is such a file already"),
        ("create('b.py', 'x =')", {}, "does not parse any more"),
        ("create('b.py', 'gone')", {}, "leaves the name 'gone' undefined"),
        ("move('b.py')", {"b.py": "y = 1\n"}, "there is b.py already"),
    ],
)
def test_a_file_that_cannot_be_made_costs_the_whole_change(call: str, files: dict[str, str], reason: str) -> None:
    done = composed("unwrap_call", {"a.py": f"{call}\n", **files})
    assert done.files == {}
    assert any(reason in why for why in done.dropped.values())


def test_a_moved_file_is_edited_and_checked() -> None:
    assert texts(composed("unwrap_call", {"a.py": "move('b/c.py')\n"})) == {
        "a.py": None,
        "b/c.py": "0\n",
    }


# ---- format ------------------------------------------------------------------------------------


class Formatting(Files):
    """A world with a formatter that puts a line at the end."""

    line = b"# formatted\n"

    def format(self, before: Mapping[str, bytes], after: Mapping[str, bytes]) -> dict[str, bytes]:
        return {p: d + self.line for p, d in after.items()}

    def overlay(self, files: Mapping[str, bytes | None]) -> Files:
        return type(self)(MemoryWorld.overlay(self, files).files, self.locked)


class Breaking(Formatting):
    line = b")\n"


def applied(world: Files) -> Composed:
    step = propose(spec("swap_call"), world)
    return compose_checked(step, [c for c in step.changes if c.safety is Safety.SAFE], world)


def test_the_formatter_has_the_last_word() -> None:
    assert texts(applied(Formatting({"a.py": SWAP})))["a.py"] == (
        "from lib import new\n\n\ndef f():\n    return new(1)\n# formatted\n"
    )


def test_what_the_formatter_breaks_is_dropped() -> None:
    done = applied(Breaking({"a.py": SWAP, "b.py": SWAP}))
    assert done.files == {}
    assert {w.partition(":")[0] for w in done.dropped.values()} == {"after formatting"}


def test_new_text_suits_the_lowest_python_of_the_project() -> None:
    files = {
        "pyproject.toml": "[project]\nrequires-python = '>=3.7'\n",
        "a.py": "wrap = 1\nx = wrap('(y := 1)')\n",
    }
    done = composed("unwrap_call", files)
    assert list(done.dropped.values()) == ["uses syntax that Python 3.7 does not have"]
    assert composed("unwrap_call", files | {"pyproject.toml": ""}).dropped == {}


@pytest.mark.parametrize(("guesses", "times"), [(0, 2), (1, 2), (3, 4)])
def test_a_codemod_that_guesses_is_asked_again_though_nothing_is_new(guesses: int, times: int) -> None:
    """Once more in any case where it got a file."""
    step = planned("guess", {"a.py": "mark = 1\n", "other.py": "", "third.py": ""}, guesses=guesses)
    told = f"asked {times} times for ['a.py'], read ['a.py', 'other.py']"
    assert [s.reason for s in step.skips] == [told]

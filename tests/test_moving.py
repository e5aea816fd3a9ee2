"""Text, definitions and whole files that move: composed, checked, counted over all files of a change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from codemods.engine.arriving import brought
from codemods.engine.check import Composed, compose_checked
from codemods.engine.places import in_the_way
from codemods.engine.propose import Step, _disjoint, propose
from codemods.engine.values import Change, Edit, Import, Part, Safety, Span
from runner.moved import Moved
from tests.test_engine import Files, composed, planned, spec, texts

A = "import os\n\n\n# why one\ndef one():\n    return os.sep  # the separator\n\n\ndef two():\n    return 2\n"
USER = "from a import one, two\n\nprint(one(), two())\n"
MOVED = "# why one\ndef one():\n    return os.sep  # the separator\n\n\n"


def shifted(files: Mapping[str, str | bytes], *names: str, to: str = "b.py", **options: object) -> Composed:
    return composed("shift", files, source="a.py", to=to, symbol=names, **options)


def applied(files: Mapping[str, str | bytes], *parts: Part, **more: object) -> Composed:
    """What one change of these parts gives."""
    world = Files(files)
    change = Change("shift", "it", "it moves", Safety.SAFE, parts)
    return compose_checked(Step(spec("shift", source="none.py", to="b.py")), [change], world)


def part(*edits: Edit, **more: object) -> Part:
    return Part(edits[0].path, 1, "it moves", edits, group="it", **more)  # type: ignore[arg-type]


# ---- definitions ---------------------------------------------------------------------------------


def test_a_definition_moves_to_a_file_that_is_there() -> None:
    done = shifted({"a.py": A, "b.py": '"""B."""\n\nimport os\n\n\n', "user.py": USER}, "one")
    assert texts(done) == {
        "a.py": "import os\n\n\ndef two():\n    return 2\n",
        "b.py": f'"""B."""\n\nimport os\n\n\n{MOVED}',
        "user.py": "from a import two\nfrom b import one\n\nprint(one(), two())\n",
    }
    assert done.dropped == {}


def test_a_definition_moves_to_a_file_that_is_made_for_it() -> None:
    done = shifted({"a.py": A, "user.py": USER}, "two")
    assert texts(done)["b.py"] == "def two():\n    return 2\n"
    assert done.origins == {"b.py": "a.py"}


def test_each_of_two_changes_makes_the_file_where_it_is_accepted_alone() -> None:
    files = {"a.py": A.replace("os.sep", "1"), "user.py": USER}
    world = Files(files)
    step = propose(spec("shift", source="a.py", to="b.py", symbol=("one", "two")), world)
    assert len(step.changes) == 2
    one, two = (texts(compose_checked(step, [change], world)) for change in step.changes)
    both = texts(compose_checked(step, step.changes, world))
    assert (one["b.py"], two["b.py"]) == (MOVED.replace("os.sep", "1"), "def two():\n    return 2\n")
    assert both["b.py"] == f"{one['b.py']}{two['b.py']}"
    assert both["a.py"] == "import os\n\n\n"


def test_what_moves_and_is_then_undefined_does_not_move() -> None:
    done = shifted({"a.py": A, "user.py": USER}, "one")
    assert done.files == {}
    assert list(done.dropped.values()) == ["leaves the name 'os' undefined"]


def test_a_name_that_nobody_defined_before_may_stay_so() -> None:
    done = shifted({"a.py": 'def one():\n    return _("one")\n\n\ndef two(): ...\n'}, "one")
    assert texts(done) == {"a.py": "def two(): ...\n", "b.py": 'def one():\n    return _("one")\n\n\n'}


def test_an_ignored_line_does_not_move() -> None:
    step = planned(
        "shift",
        {"a.py": A.replace("return 2", "return 2  # codemod: ignore")},
        source="a.py",
        to="b.py",
        symbol=("two",),
    )
    assert step.changes == ()
    assert [s.code for s in step.skips] == ["C002-ignored"]


def test_what_is_left_in_text_that_moves_is_no_surprise_for_the_second_run() -> None:
    text = "x = wrap(1)\n"
    world = Files({"a.py": f"def wrap(x): ...\n{text}", "b.py": "def wrap(x): ...\n"})
    step = propose(spec("unwrap_call"), world)
    assert len(step.changes) == 1
    span = Span("a.py", 17, 17 + len(text))
    parts = part(Edit("a.py", span.start, span.end, "")), part(Edit("b.py", 17, 17, text, moved=span))
    moves = Change("unwrap-call", "moves", "it moves", Safety.SAFE, parts)
    done = compose_checked(replace(step, changes=(moves, *step.changes)), [moves], world)
    assert done.dropped == {}
    twice = replace(moves, parts=(*parts, part(Edit("b.py", 0, 0, "y = wrap(2)\n"))))
    done = compose_checked(replace(step, changes=(twice, *step.changes)), [twice], world)
    assert list(done.dropped.values()) == ["a second run would change it again (unwrap)"]


# ---- byte for byte -------------------------------------------------------------------------------

TAKEN = Edit("a.py", 0, 11, "")


@pytest.mark.parametrize(
    ("new", "span", "why"),
    [
        ("x = 1  # a\n", Span("a.py", 0, 11), ""),
        ("x = 1  # a\r\n", Span("a.py", 0, 11), ""),
        ("x = 1  # b\n", Span("a.py", 0, 11), "the text for b.py is not what stands at a.py:1"),
        ("x = 1  # a", Span("a.py", 0, 11), "the text for b.py is not what stands at a.py:1"),
        ("x = 1  # a\n", Span("a.py", 0, 99), ""),
        ("x = 1  # a\n", Span("c.py", 0, 11), "there is no file c.py that text could come from"),
    ],
)
def test_text_that_moves_is_what_stood_there(new: str, span: Span, why: str) -> None:
    done = applied(
        {"a.py": "x = 1  # a\n", "b.py": "y = 2\n"}, part(TAKEN), part(Edit("b.py", 6, 6, new, moved=span))
    )
    assert list(done.dropped.values()) == ([why] if why else [])
    assert texts(done) == ({} if why else {"a.py": "", "b.py": "y = 2\nx = 1  # a\n"})


@pytest.mark.parametrize(("here", "there"), [("\n", "\r\n"), ("\r\n", "\n"), ("\r\n", "\r\n")])
def test_text_gets_the_line_endings_of_the_file_that_it_comes_to(here: str, there: str) -> None:
    files = {"a.py": f"x = '''{here}'''  # a{here}", "b.py": f"y = 2{there}"}
    size = len(files["a.py"])
    put = Edit("b.py", len(files["b.py"]), len(files["b.py"]), files["a.py"], moved=Span("a.py", 0, size))
    done = applied(files, part(Edit("a.py", 0, size, "")), part(put))
    assert done.files["b.py"] == f"y = 2{there}x = '''{there}'''  # a{there}".encode()


def test_text_that_a_file_cannot_hold_does_not_move_to_it() -> None:
    files: dict[str, str | bytes] = {
        "a.py": 'def one():\n    return "→ж"\n',
        "b.py": b"# coding: latin-1\nx = '\xe9'\n",
    }
    step = planned("shift", files, source="a.py", to="b.py", symbol=("one",))
    assert step.changes == ()
    assert [(s.path, s.code, s.reason) for s in step.skips] == [
        ("b.py", "C005-encoding", "iso-8859-1 does not have the new text: one moves")
    ]
    assert shifted(files | {"a.py": 'def one():\n    return "é"\n'}, "one").files["b.py"] == (
        "# coding: latin-1\nx = 'é'\ndef one():\n    return \"é\"\n".encode("latin-1")
    )


@pytest.mark.parametrize("broken", ["a.py", "b.py"])
def test_a_file_that_cannot_be_read_costs_the_change(broken: str) -> None:
    files = {"a.py": "x = 1\n", "b.py": "", broken: b"# coding: no-such\nx = 1\n"}
    world = Files(files)
    parts, skips = brought([part(Edit("b.py", 0, 0, "", moved=Span("a.py", 0, 5)))], world)
    assert skips == []
    assert parts[0].edits[0].new == ("" if broken == "a.py" else "x = 1")
    change = Change("shift", "it", "it moves", Safety.SAFE, tuple(parts))
    done = compose_checked(Step(spec("shift", source="none.py", to="b.py")), [change], world)
    assert (done.files, [*done.dropped.values()]) == ({}, ["unknown encoding: no-such"])


LATIN = "# -*- coding: latin-1 -*-\r\nx = 'é'\r\ny = 2\r\n"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (LATIN.encode("latin-1"), "# -*- coding: latin-1 -*-\r\nx = 'é'\r\n".encode("latin-1")),
        (f"#!/usr/bin/python\r\n{LATIN}".encode("latin-1"), "# -*- coding: latin-1 -*-\r\nx = 'é'\r\n".encode("latin-1")),
        (b"\xef\xbb\xbf" + LATIN[27:].encode(), b"\xef\xbb\xbf" + "x = 'é'\r\n".encode()),
        (LATIN[27:].encode(), "x = 'é'\r\n".encode()),
        (LATIN[27:].replace("\r", "").encode(), "x = 'é'\n".encode()),
    ],
)  # fmt: skip
def test_a_file_that_is_made_is_like_the_one_that_it_comes_from(data: bytes, expected: bytes) -> None:
    start = data.decode("latin-1" if b"latin" in data else "utf-8-sig").index("x =")
    end = start + 7 + (2 if b"\r" in data else 1)
    made = (
        Edit("b.py", 0, 0, "", "create", Span("a.py")),
        Edit("b.py", 0, 0, "x = 'é'\n", moved=Span("a.py", start, end)),
    )
    done = applied({"a.py": data}, part(Edit("a.py", start, end, "")), part(*made))
    assert done.dropped == {}
    assert done.files["b.py"] == expected


def test_text_goes_below_what_a_file_that_is_made_needs() -> None:
    made = Edit("b.py", 0, 0, '"""B."""\n', "create", Span("a.py")), Edit("b.py", 0, 0, "x = os\n")
    done = applied({"a.py": LATIN.encode("latin-1")}, part(*made, requires=(Import("os"),)))
    assert done.files == {"b.py": b'# -*- coding: latin-1 -*-\r\n"""B."""\r\n\r\nimport os\r\n\r\nx = os\r\n'}


def test_a_text_that_is_not_given_is_what_stands_there() -> None:
    step = planned("shift", {"a.py": A}, source="a.py", to="b.py", symbol=("two",))
    (change,) = step.changes
    assert [e.new for e in change.edits if e.moved and e.op == "replace"] == ["def two():\n    return 2\n"]


# ---- comments over all files ---------------------------------------------------------------------


def test_a_comment_that_comes_to_no_file_is_lost() -> None:
    taken, put = Edit("a.py", 0, 18, ""), Edit("b.py", 0, 0, "x = 1\n", moved=Span("a.py", 8, 14))
    done = applied({"a.py": "# first\nx = 1\n# b\n", "b.py": ""}, part(taken), part(put))
    assert list(done.dropped.values()) == ["loses the comment '# first'; loses the comment '# b'"]


def test_one_comment_that_comes_does_not_stand_for_two_that_go() -> None:
    taken = Edit("a.py", 0, 12, ""), Edit("c.py", 0, 12, "")
    put = Edit("b.py", 0, 0, "x = 1  # one\n")
    texts_ = {"a.py": "x = 1  # one", "c.py": "x = 1  # one", "b.py": ""}
    done = applied(texts_, *map(part, taken), part(put))
    assert list(done.dropped.values()) == ["loses the comment '# one'"]


def test_a_comment_of_one_change_does_not_stand_for_that_of_another() -> None:
    files = {"a.py": "x = 1  # one\ny = 2\n", "b.py": "", "c.py": "z = 3  # one\n"}
    world = Files(files)
    moves = Change("shift", "moves", "it moves", Safety.SAFE, (
        part(Edit("a.py", 0, 13, "")), part(Edit("b.py", 0, 0, "x = 1  # one\n", moved=Span("a.py", 0, 13))),
    ))  # fmt: skip
    loses = Change(
        "shift",
        "loses",
        "it loses",
        Safety.SAFE,
        (part(Edit("c.py", 5, 12, "")), part(Edit("b.py", 0, 0, "w = 4\n"))),
    )
    done = compose_checked(Step(spec("shift", source="none.py", to="b.py")), [moves, loses], world)
    assert done.applied == (moves,)
    assert list(done.dropped.values()) == ["loses the comment '# one'"]


# ---- whole files ---------------------------------------------------------------------------------


def test_a_module_moves_with_all_who_import_it() -> None:
    done = shifted({"a.py": A, "user.py": USER}, to="pkg/b.py")
    assert texts(done) == {"a.py": None, "pkg/b.py": A, "user.py": USER.replace("from a", "from pkg.b")}
    assert done.origins == {"pkg/b.py": "a.py"}


def test_the_definitions_of_a_file_go_to_another_and_it_is_deleted() -> None:
    source = A.replace("import os\n\n\n", "").replace("os.sep", "1")
    done = shifted({"a.py": source, "b.py": "x = 1\n", "user.py": USER}, all_of=True)
    assert texts(done) == {
        "a.py": None,
        "b.py": f"x = 1\n{source}",
        "user.py": "from b import one, two\n\nprint(one(), two())\n",
    }


def test_a_file_that_goes_with_a_comment_that_nobody_takes_stays() -> None:
    done = shifted(
        {"a.py": f"# license\n\n{A}".replace("os.sep", "1"), "b.py": "x = 1\n", "user.py": USER}, all_of=True
    )
    assert done.files == {}
    assert list(done.dropped.values()) == ["loses the comment '# license'"]
    done = applied({"a.py": "# license\n"}, part(Edit("a.py", 0, 0, "", "delete"), deletes_comments=True))
    assert texts(done) == {"a.py": None}


def test_another_file_may_come_where_one_moves_away() -> None:
    moved, made = Edit("a.py", 0, 0, "b.py", "move"), Edit("a.py", 0, 0, "from b import *\n", "create", Span("a.py"))
    done = applied({"a.py": "x = 1  # x\r\n"}, part(moved), part(made))
    assert done.files == {"a.py": b"from b import *\r\n", "b.py": b"x = 1  # x\r\n"}


def test_a_file_moves_where_another_goes() -> None:
    moved, goes = Edit("a.py", 0, 0, "b.py", "move"), Edit("b.py", 0, 0, "", "delete")
    for order in (moved, goes), (goes, moved):
        assert texts(applied({"a.py": "x = 1\n", "b.py": ""}, *map(part, order))) == {"a.py": None, "b.py": "x = 1\n"}


@pytest.mark.parametrize(
    ("edits", "why"),
    [
        ([Edit("a.py", 0, 0, "b.py", "move")], "there is b.py already"),
        ([Edit("a.py", 0, 0, "B.py", "move")], "there is b.py already"),
        ([Edit("a.py", 0, 0, "b.py/a.py", "move")], "there is b.py already"),
        ([Edit("a.py", 0, 0, "pkg", "move")], "there is pkg already"),
        ([Edit("a.py", 0, 0, "PKG/a.py", "move")], "there is pkg already"),
        ([Edit("a.py", 0, 0, "../a.py", "move")], "../a.py is no place for a file"),
        ([Edit("a.py", 0, 0, ".git/a.py", "move")], ".git/a.py is no place for a file"),
        ([Edit("a.py", 0, 0, "n.py", "move"), Edit("b.py", 0, 0, "n.py", "move")], "there is a file n.py already"),
        ([Edit("b.py", 0, 0, "x = 2\n", "create")], "b.py: there is such a file already"),
        ([Edit("empty.py", 0, 0, "x = 2\n", "create")], "there is empty.py already"),
        ([Edit("gone.py", 0, 0, "n.py", "move")], "there is no file gone.py"),
        ([Edit("gone.py", 0, 0, "", "delete")], "there is no file gone.py"),
        ([Edit("gone.py", 0, 0, "x = 1\n")], "there is no file gone.py"),
        ([Edit("a.py", 0, 0, "", "delete"), Edit("a.py", 0, 1, "y")], "a.py: several changes move, delete or edit the file"),
    ],
)  # fmt: skip
def test_a_file_comes_to_lie_on_no_other(edits: list[Edit], why: str) -> None:
    files = {"a.py": "x = 1\n", "b.py": "y = 2\n", "empty.py": "", "pkg/__init__.py": ""}
    done = applied(files, *map(part, edits))
    assert (texts(done), [*done.dropped.values()]) == ({}, [why])


def test_a_name_may_change_its_case() -> None:
    assert texts(applied({"Mod.py": "x = 1\n"}, part(Edit("Mod.py", 0, 0, "mod.py", "move")))) == {
        "Mod.py": None,
        "mod.py": "x = 1\n",
    }


def test_what_lies_in_the_way_is_found() -> None:
    standing = ["a/b.py", "Caf\u00e9.py"]
    places = ["a/B.py", "a/c.py", "a", "A/d.py", "a/b.py/c.py", "cafe\u0301.py", "x/../y.py", "new.py", "NEW.py"]
    assert in_the_way(places, standing) == {
        "a/B.py": "a/b.py",
        "a": "a",
        "A/d.py": "a",
        "a/b.py/c.py": "a/b.py",
        "cafe\u0301.py": "Caf\u00e9.py",
        "x/../y.py": "",
        "new.py": "NEW.py",
    }


def test_two_changes_cannot_move_one_file() -> None:
    changes = [
        Change("shift", str(n), "it moves", Safety.SAFE, (part(edit),))
        for n, edit in enumerate(
            [Edit("a.py", 0, 0, "b.py", "move"), Edit("a.py", 0, 0, "c.py", "move"), Edit("a.py", 3, 4, "x")]
        )
    ]
    kept, skips = _disjoint(changes)
    assert ([c.anchor for c in kept], [s.code for s in skips]) == (["0", "2"], ["C007-overlap"])


def test_a_file_that_is_no_text_moves_too() -> None:
    done = applied({"a.bin": b"\xff\x00", "b.py": ""}, part(Edit("a.bin", 0, 0, "x/a.bin", "move")))
    assert done.files == {"a.bin": None, "x/a.bin": b"\xff\x00"}


# ---- counted ---


def test_definitions_are_counted_as_they_arrive() -> None:
    def put(*texts: str | None, at: int = 0) -> Part:
        """New texts; what follows None moves."""
        moves = [n and texts[n - 1] is None for n in range(len(texts))]
        span = Span("a.py", 0, 1)
        return part(*(
            Edit("b.py", at, at, text, moved=span if moved else None)
            for text, moved in zip(texts, moves, strict=True) if text
        ))  # fmt: skip

    def counted(*parts: Part) -> Moved:
        return Moved.of([Change("shift", "it", "it moves", Safety.SAFE, parts)])

    two = "@one\ndef one():\n    return 1\n\n\nclass Two:\n    x = 1\n"
    assert counted(put(None, two)) == Moved(definitions=2, lines=7)
    assert counted(put("LOG = 1\n", None, two)) == Moved(definitions=2, lines=7)
    pieces = (None, "def one():\n    from ", "..", None, "a import b\n", None, "\n\nX = 1\n")
    assert counted(put(*pieces)) == Moved(definitions=1, altered=1, lines=6)
    assert counted(put(None, "    def one(self): ...\n"), put(None, two, at=9)) == Moved(definitions=3, lines=8)
    assert counted(put("def one(): ...\n")) == Moved()
    assert Moved(definitions=3, altered=1, lines=9, files=2).told == [
        "definitions moved unchanged: 3, with changes: 1 (lines: 9)",
        "files moved: 2",
    ]


# ---- stages --------------------------------------------------------------------------------------


def test_a_step_may_come_in_stages() -> None:
    files = {"a.py": A.replace("os.sep", "1"), "user.py": USER}
    done = shifted(files, "one", stages=True)
    (first,) = done.earlier
    assert {p: d and d.decode() for p, d in first.items()} == {
        "a.py": "import os\n\nfrom b import one\n\n\ndef two():\n    return 2\n",
        "b.py": MOVED.replace("os.sep", "1"),
    }
    assert texts(done)["user.py"] == "from a import two\nfrom b import one\n\nprint(one(), two())\n"


def test_a_change_is_not_made_without_those_that_it_needs() -> None:
    world = Files({"a.py": A.replace("os.sep", "1"), "user.py": USER})
    step = propose(spec("shift", source="a.py", to="b.py", symbol=("one",), stages=True), world)
    first, users = sorted(step.changes, key=lambda c: c.stage)
    assert compose_checked(step, [first], world).applied == (first,)
    done = compose_checked(step, [users], world)
    assert (done.applied, [s.code for s in done.skips]) == ((), ["C014-needs"])

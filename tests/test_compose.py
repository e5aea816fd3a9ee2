"""Accepted changes in, new bytes out: only the spans differ, and imports follow what was accepted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import permutations

import pytest

from codemods.engine.compose import Conflict, compose_file, compose_path, parts_by_path, splice
from codemods.engine.source import Source
from codemods.engine.values import Change, Edit, Import, Part, Safety


def part(*edits: Edit, path: str = "m.py", group: str = "", **more: object) -> Part:
    return Part(path, 1, "because", edits, group=group, **more)  # type: ignore[arg-type]


def replace(start: int, end: int, new: str) -> Edit:
    return Edit("m.py", start, end, new)


def change(*parts: Part) -> Change:
    return Change("test", "anchor", "because", Safety.SAFE, parts)


def compose(files: Mapping[str, bytes], changes: Iterable[Change]) -> dict[str, bytes | None]:
    """The new content of every file that the changes touch; None where a file goes."""
    result: dict[str, bytes | None] = {}
    for path, parts in parts_by_path(changes).items():
        result |= compose_path(Source(path, files.get(path, b"")), parts)
    return result


# ---- splice ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "edits", "expected"),
    [
        (b"", [], b""),
        (b"", [(0, 0, "a")], b"a"),
        (b"abc", [(1, 2, "")], b"ac"),
        (b"abc", [(2, 3, "z"), (0, 1, "x")], b"xbz"),
        (b"abc", [(3, 3, "!")], b"abc!"),
        (b"abc", [(1, 1, "x"), (1, 2, "y"), (2, 2, "z")], b"axyzc"),  # touching spans
        (b"a\r\nb\rc\n", [(3, 4, "\u00e9")], "a\r\né\rc\n".encode()),
        (b"\xef\xbb\xbfa = 1\n", [(0, 1, "é")], b"\xef\xbb\xbf\xc3\xa9 = 1\n"),
        ("é→𝔘b".encode(), [(3, 4, "c")], "é→𝔘c".encode()),
        ("# coding: latin-1\né = a".encode("latin-1"), [(22, 23, "ü")], "# coding: latin-1\né = ü".encode("latin-1")),
        ("# coding: cp932\n# 表\na".encode("cp932"), [(20, 21, "ソ")], "# coding: cp932\n# 表\nソ".encode("cp932")),
        ("# coding: iso2022_jp\n# 表示\n".encode("iso2022_jp"), [(24, 24, "!")], "# coding: iso2022_jp\n# 表!示\n".encode("iso2022_jp")),
        (b"a\x0cb\x0bc", [(2, 3, "x")], b"a\x0cx\x0bc"),
    ],
)  # fmt: skip
def test_splice_replaces_character_spans(data: bytes, edits: list[tuple[int, int, str]], expected: bytes) -> None:
    assert splice(Source("m.py", data), [replace(*e) for e in edits]) == expected


@pytest.mark.parametrize(
    "edits",
    [
        [(0, 2, "x"), (1, 3, "y")],
        [(0, 2, "x"), (0, 2, "x")],
        [(0, 3, "x"), (1, 1, "y")],  # an insertion inside of a replaced span
        [(2, 1, "x")],
        [(2, 9, "x")],
    ],
)
def test_edits_that_overlap_conflict(edits: list[tuple[int, int, str]]) -> None:
    with pytest.raises(Conflict, match=r"m\.py: edits overlap at line 1"):
        splice(Source("m.py", b"abc"), [replace(*e) for e in edits])


@pytest.mark.parametrize("new", ["→", "\ud800"])
def test_text_that_the_encoding_cannot_hold_conflicts(new: str) -> None:
    with pytest.raises(Conflict, match="cannot hold"):
        splice(Source("m.py", b"# coding: latin-1\n"), [replace(18, 18, new)])


# ---- order -------------------------------------------------------------------------------------


def test_the_order_of_acceptance_does_not_matter() -> None:
    parts = [
        part(replace(0, 0, "@a\n"), group="a"),
        part(replace(0, 0, "@b\n@c\n"), group="b"),
        part(replace(0, 3, "cls"), replace(0, 0, "@d\n"), group="d"),
        part(replace(4, 5, "Z"), group="e"),
    ]
    results = {compose_file(Source("m.py", b"def f(): 0"), p) for p in permutations(parts)}
    assert results == {b"@a\n@b\n@c\n@d\ncls Z(): 0"}


def test_insertions_of_one_part_keep_their_order() -> None:
    edits = [replace(0, 0, "b\n"), replace(0, 0, "a\n")]
    assert compose_file(Source("m.py", b"c\n"), [part(*edits)]) == b"b\na\nc\n"


# ---- imports -----------------------------------------------------------------------------------

TEXT = b"from typing import List, Optional\n\nx: List\ny: Optional\n"
FIRST = part(replace(38, 42, "list"), requires=(Import("os"),), frees=(Import("typing", "List"),), group="1")
SECOND = part(replace(46, 54, "Maybe"), frees=(Import("typing", "Optional"),), group="2")


def test_imports_follow_what_was_accepted() -> None:
    def composed(*parts: Part) -> bytes:
        return compose_file(Source("m.py", TEXT), parts)

    assert composed() == TEXT
    assert composed(FIRST) == b"import os\nfrom typing import Optional\n\nx: list\ny: Optional\n"
    assert composed(SECOND) == b"from typing import List\n\nx: List\ny: Maybe\n"
    assert composed(FIRST, SECOND) == b"import os\n\nx: list\ny: Maybe\n"


def test_what_is_still_used_stays() -> None:
    data = TEXT + b"z: List\n"
    assert b"List, Optional" in compose_file(Source("m.py", data), [FIRST])


def test_what_one_part_requires_no_other_can_free() -> None:
    needs = part(requires=(Import("typing", "List"),))
    assert b"List, Optional" in compose_file(Source("m.py", TEXT), [FIRST, needs])


def test_a_name_may_move_to_another_module() -> None:
    data = b"from typing import Callable\n\nx: Callable\n"
    moved = part(requires=(Import("collections.abc", "Callable"),), frees=(Import("typing", "Callable"),))
    assert compose_file(Source("m.py", data), [moved]) == (b"from collections.abc import Callable\n\nx: Callable\n")


def test_only_python_has_imports() -> None:
    ini = part(replace(0, 0, "a"), path="tox.ini", requires=(Import("os"),))
    assert compose_file(Source("tox.ini", b"[pytest]\n"), [ini]) == b"a[pytest]\n"


# ---- files -------------------------------------------------------------------------------------


def test_files_are_edited_created_moved_and_deleted() -> None:
    files = {"a.py": b"a", "b.py": b"b", "c.py": b"c", "d.py": b"d"}
    changes = [
        change(
            part(Edit("a.py", 0, 1, "A"), path="a.py"),
            part(Edit("new.py", 0, 0, "é\n", "create"), path="new.py"),
        ),
        change(part(Edit("b.py", 0, 0, "x/b.py", "move"), Edit("b.py", 0, 1, "B"), path="b.py")),
        change(part(Edit("c.py", 0, 0, "", "delete"), path="c.py")),
    ]
    assert compose(files, changes) == {
        "a.py": b"A",
        "new.py": "é\n".encode(),
        "b.py": None,
        "x/b.py": b"B",
        "c.py": None,
    }


@pytest.mark.parametrize(
    "parts",
    [
        [part(Edit("m.py", 0, 0, "text", "create"))],
        [part(Edit("m.py", 0, 0, "", "delete")), part(replace(0, 1, "b"))],
        [part(Edit("m.py", 0, 0, "", "delete")), part(Edit("m.py", 0, 0, "n.py", "move"))],
        [part(Edit("m.py", 0, 0, "o.py", "move")), part(Edit("m.py", 0, 0, "n.py", "move"))],
    ],
)
def test_one_file_cannot_become_two_things(parts: list[Part]) -> None:
    with pytest.raises(Conflict, match=r"m\.py: (several changes|there is such a file)"):
        compose({"m.py": b"a"}, [change(p) for p in parts])


# ---- imports are worked out on the head of a file -----------------------------------------------

OLD, NEW = Import("typing", "List"), Import("lib", "new")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            'S = """\nimport x\nb\n"""\nfrom typing import (\nAny,\nList,\n)\nx: Any\n',
            'S = """\nimport x\nb\n"""\nfrom typing import (\nAny,\n)\n\nfrom lib import new\n\nx: Any\n',
            id="lines of a string or of parentheses end nothing",
        ),
        pytest.param(
            "import os\nif os:\n    from typing import List\nelse:\n    List = None\nf(os)\n",
            "import os\n\nfrom lib import new\n\nif os:\n    from typing import List\nelse:\n    List = None\nf(os)\n",
            id="a name that a branch binds too is used",
        ),
        pytest.param(
            "from typing import List\n\n\ndef f():\n    pass\n\n\ndef g(x: List): ...\n",
            "from typing import List\n\nfrom lib import new\n\n\ndef f():\n    pass\n\n\ndef g(x: List): ...\n",
            id="a use far below keeps the import",
        ),
        pytest.param(
            "from typing import List\n\n\ndef f():\n    # List\n    pass\n",
            "from lib import new\n\n\ndef f():\n    # List\n    pass\n",
            id="a comment far below does not",
        ),
        pytest.param(
            "x = 1; from typing import List\ny = 2\n",
            "x = 1\n\nfrom lib import new\n\ny = 2\n",
            id="an import after a semicolon",
        ),
        pytest.param(
            "from typing import List\r\n\r\nclass A:\r\n    from typing import List\r\n",
            "from lib import new\r\n\r\nclass A:\r\n    pass\r\n",
            id="an import at the end of the file",
        ),
    ],
)
def test_imports_follow_wherever_they_stand(before: str, after: str) -> None:
    asks = part(requires=(NEW,), frees=(OLD,))
    assert compose_file(Source("m.py", before.encode()), [asks]).decode() == after

"""The harness of the golden cases: it reads them exactly, and it notices everything that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from codemods.engine.golden import Case, MemoryWorld, cases, check, load_case, update
from codemods.engine.world import World
from runner.services import LocalServices

LOCAL = Path(__file__).parent / "local"
SWAP = str(LOCAL / "swap_call.py")
EVERYWHERE = str(LOCAL / "rename_everywhere.py")

BEFORE = "from legacy import old\n\nold(1)\nold(a=2)\nold(*[])\n"
AFTER = "from legacy import old\nfrom lib import new\n\nnew(1)\nold(a=2)\nold(*[])\n"
HEADER = "# skips: 5 X01-stars\n# unsafe: 4\n"


def single(folder: Path, text: str, name: str = "swaps_plain_calls.py") -> Case:
    path = folder / name
    path.write_bytes(text.encode())
    return load_case(path)


def project(folder: Path, toml: str, before: dict[str, str], after: dict[str, str]) -> Case:
    for top, files in (("before", before), ("after", after)):
        for path, text in files.items():
            target = folder / "renames_twice" / top / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text.encode())
    (folder / "renames_twice" / "case.toml").write_text(toml)
    return load_case(folder / "renames_twice")


def wrong(case: Case, where: str = SWAP) -> str:
    return "\n".join(check(where, case))


# ---- load --------------------------------------------------------------------------------------


def test_a_file_holds_header_input_and_output(tmp_path: Path) -> None:
    text = "# args: --old a --unsafe\n# args: --new 'b c'\n# path: t/x.py\n# skips: 3 X01-a\n# skips: 4 X02-b\n"
    text += "# unsafe: 7\n# suggest: 8\n# a comment\n\nx = '''\n# output of x\n'''\n# output\ny\n"
    case = single(tmp_path, text)
    assert case == Case(
        where=tmp_path / "swaps_plain_calls.py",
        arguments=("--old", "a", "--unsafe", "--new", "b c"),
        before={"t/x.py": b"# a comment\n\nx = '''\n# output of x\n'''\n"},
        after={"t/x.py": b"y\n"},
        said={"skips": ("t/x.py:3 X01-a", "t/x.py:4 X02-b"), "unsafe": ("t/x.py:7",), "suggest": ("t/x.py:8",)},
    )
    assert case.name == "swaps plain calls"


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("x", b"x", None),
        ("\n\n x", b"\n\n x", None),  # nothing is stripped
        ("# output\n", b"", b""),
        ("x\r\n# output\r\ny\r\n", b"x\r\n", b"y\r\n"),
        ("\ufeffx\n# output\n\ufeffy", b"\xef\xbb\xbfx\n", b"\xef\xbb\xbfy"),
        ("x  # output\n", b"x  # output\n", None),
        ("# skips are here\nx\n", b"# skips are here\nx\n", None),
    ],
)
def test_bytes_are_taken_as_they_are(tmp_path: Path, text: str, before: bytes, after: bytes | None) -> None:
    case = single(tmp_path, text, "a.pyi")
    assert case.before == {"test_case.pyi": before}
    assert case.after == ({} if after is None else {"test_case.pyi": after})


def test_a_folder_holds_a_project(tmp_path: Path) -> None:
    toml = 'args = ["--word", "x"]\nskips = ["a.py:1 X01-a"]\ndeleted = ["c.py"]\n'
    case = project(tmp_path, toml, {"a.py": "x\n", "b/c.ini": "[x]\r\n"}, {"a.py": "y\n"})
    assert case.name == "renames twice"
    assert case.arguments == ("--word", "x")
    assert case.before == {"a.py": b"x\n", "b/c.ini": b"[x]\r\n"}
    assert case.after == {"a.py": b"y\n", "c.py": None}
    assert case.said["skips"] == ("a.py:1 X01-a",)


def test_an_unknown_key_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"unknown keys \['skip'\]"):
        project(tmp_path, "skip = []\n", {"a.py": ""}, {})


def test_cases_are_files_and_folders_of_a_codemod(tmp_path: Path) -> None:
    project(tmp_path, "", {"a.py": ""}, {})
    for name in ("b.py", "c.pyi", "notes.md"):
        (tmp_path / name).touch()
    (tmp_path / "__pycache__").mkdir()
    assert [p.name for p in cases(tmp_path)] == ["b.py", "c.pyi", "renames_twice"]
    assert cases(tmp_path / "nowhere") == []


# ---- check -------------------------------------------------------------------------------------


def test_a_right_case_has_nothing_wrong(tmp_path: Path) -> None:
    assert wrong(single(tmp_path, f"{HEADER}{BEFORE}# output\n{AFTER}")) == ""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"{HEADER}{BEFORE}# output\n{AFTER}#\n", "test_case.py: differs\n--- expected\n+++ got\n"),
        (f"{HEADER}{BEFORE}", "test_case.py: must not change\n"),
        (f"{HEADER}old = 1\n# output\nnew = 1\n", "test_case.py: expected to change, but it came out the same"),
        (f"# unsafe: 4\n{BEFORE}# output\n{AFTER}", "skips: expected [], got ['test_case.py:5 X01-stars']"),
        (f"# skips: 4 X01-stars\n# unsafe: 4\n{BEFORE}# output\n{AFTER}", "skips: expected ['test_case.py:4 X01-stars']"),
        (f"# skips: 5 X01-stars\n{BEFORE}# output\n{AFTER}", "unsafe: expected [], got ['test_case.py:4']"),
        (f"# suggest: 3\n{HEADER}{BEFORE}# output\n{AFTER}", "suggest: expected ['test_case.py:3'], got []"),
        ("old(1)\n# output\nnew(1)\n", "test_case.py: differs\n"),  # the import is missing
    ],
)  # fmt: skip
def test_a_difference_is_shown(tmp_path: Path, text: str, message: str) -> None:
    assert message in wrong(single(tmp_path, text))


@pytest.mark.parametrize(
    ("arguments", "text", "message"),
    [
        ("--to (new)", "new = 1\n# output\n(new) = 1\n", "a second run would change it again"),
        ("--to 1+", "x = new\n# output\nx = 1+\n", "does not parse any more"),
        ("--to gone", "new = 1\nf = new\n# output\ngone = 1\nf = gone\n", ""),
        ("--to gone", "def f(new): return new\n# output\ndef f(new): return gone\n", "leaves the name 'gone' undefined"),
    ],
)  # fmt: skip
def test_a_failed_check_is_shown(tmp_path: Path, arguments: str, text: str, message: str) -> None:
    found = wrong(single(tmp_path, f"# args: --to '{arguments[5:]}'\n{text}"), EVERYWHERE)
    assert (message in found) if message else not found


CODEMOD = '''
from __future__ import annotations
import re
from dataclasses import dataclass
from codemods.engine import Codemod, Edit, Needles, Part, Skip

@dataclass(frozen=True)
class Wrong(Codemod):
    """Do something wrong."""

    def needles(self):
        return Needles(("needle",))

    def find(self, file, facts):
        for match in re.finditer(PATTERN, file.text):
            BODY
'''


def codemod(folder: Path, pattern: str, body: str) -> str:
    path = folder / "wrong.py"
    path.write_text(CODEMOD.replace("PATTERN", repr(pattern)).replace("BODY", body))
    return str(path)


EDIT = "yield Part(file.path, 1, 'r', (Edit(file.path, *match.span(), 'y'),))"


@pytest.mark.parametrize(
    ("pattern", "body", "text", "message"),
    [
        (r"\bx\b", EDIT, "y = 1\nx\n", "the needles hid something"),
        (r"x(?=\n)", EDIT, "x = y = 1  # needle x\n# output\nx = y = 1  # needle y\n", "loses the comment"),
        (r"\bx$|\bx(?=\n\w)", EDIT, "y = 1\nx\nneedle = y\n# output\ny = 1\ny\nneedle = y\n", "with CRLF: test_case.py: expected to change"),
        (r"x", "yield Skip(file.path, 1, 'Z99-odd', 'r')", "# skips: 1 Z99-odd\nneedle = x = 1\n", "Z99-odd is not declared in `codes`"),
        (r"x|z", EDIT, "needle = y = 1\nx, z\n# output\nneedle = y = 1\ny, y\n", ""),
        (r"a\d", EDIT, "needle = a1 = 1\nprint(a2)\n# output\nneedle = y = 1\nprint(y)\n", "applied alone: leaves the name 'y' undefined"),
    ],
)  # fmt: skip
def test_what_no_expected_output_shows_is_noticed(
    tmp_path: Path, pattern: str, body: str, text: str, message: str
) -> None:
    found = wrong(single(tmp_path, text), codemod(tmp_path, pattern, body))
    assert (message in found) if message else not found


# ---- update ------------------------------------------------------------------------------------


def test_update_writes_what_came_out(tmp_path: Path) -> None:
    case = single(tmp_path, f"# skips: 9 X01-stars\n{BEFORE}# output\nnonsense\n")
    update(SWAP, case)
    assert case.where.read_text() == f"{HEADER}{BEFORE}# output\n{AFTER}"
    assert wrong(load_case(case.where)) == ""


def test_update_drops_an_output_that_is_none(tmp_path: Path) -> None:
    case = single(tmp_path, "# args: --old nothing\n# path: a/b.py\nold(1)\n# output\nnew(1)\n")
    update(SWAP, case)
    assert case.where.read_text() == "# args: --old nothing\n# path: a/b.py\nold(1)\n"


def test_update_writes_a_folder(tmp_path: Path) -> None:
    toml = '# why\nargs = ["--to", "newer"]\nskips = ["a.py:1 X01-stars"]\n'
    before = {"a.py": "new = 1\n", "b/c.py": "from a import new\n", "d.py": "x = 1\n"}
    case = project(tmp_path, toml, before, {"d.py": "x = 2\n"})
    update(EVERYWHERE, case)
    assert (case.where / "case.toml").read_text() == '# why\nargs = ["--to", "newer"]\n'
    after = {p.relative_to(case.where).as_posix(): p.read_text() for p in (case.where / "after").rglob("*.py")}
    assert after == {"after/a.py": "newer = 1\n", "after/b/c.py": "from a import newer\n"}
    assert wrong(load_case(case.where), EVERYWHERE) == ""


# ---- the world in memory -----------------------------------------------------------------------


def test_files_in_memory_are_a_world() -> None:
    files = {
        "a.py": b"one\n",
        "b.pyi": b"none\n",
        "c/pytest.ini": b"[pytest]\n",
        "c/d.py": b"one\n",
    }
    world: World = MemoryWorld(files, LocalServices())
    assert world.search(("one",), ("*.py", "*.pyi")) == {"a.py", "c/d.py"}
    assert world.search(("one",), ("c/*.py",)) == {"c/d.py"}
    assert world.search(("*",), ("*.ini",)) == {"c/pytest.ini"}
    assert world.project().paths == ("a.py", "b.pyi", "c/d.py")
    assert world.project().texts == {"c/pytest.ini": "[pytest]\n"}
    after = world.overlay({"a.py": None, "c/d.py": b"two\n", "e.py": b"one\n"})
    assert after.search(("one",), ("*.py",)) == {"e.py"}
    assert after.read(["a.py", "c/d.py"]) == {"c/d.py": b"two\n"}
    assert world.read(["a.py"]) == {"a.py": b"one\n"}

"""The smallest region around a node goes through LibCST; all else stays byte for byte."""

from __future__ import annotations

import ast
import sys

import libcst as cst
import pytest

from codemods.engine import regions
from codemods.engine.compose import splice
from codemods.engine.source import Definition, Source
from codemods.engine.values import Edit, Unreadable


class Nothing(regions.Rewriter):
    """Changes nothing, and remembers what it saw."""

    def __init__(self) -> None:
        super().__init__()
        self.code = ""
        self.offsets: dict[str, int] = {}

    def visit_Module(self, node: cst.Module) -> None:
        self.code = node.code

    def visit_Name(self, node: cst.Name) -> None:
        self.offsets[node.value] = self.offset(node)


class Rename(regions.Rewriter):
    """Renames `old` to `new`."""

    def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> cst.Name:
        return updated_node.with_changes(value="new") if original_node.value == "old" else updated_node


def target(file: Source) -> ast.AST:
    """The node named `old`."""
    return next(n for n in ast.walk(file.tree) if "old" in (getattr(n, "id", ""), getattr(n, "name", "")))


def apply(file: Source, edits: tuple[Edit, ...]) -> str:
    return splice(file, edits).decode(file.codec)


# ---- which region ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("a = 1\nold = 2\nb = 3\n", "old = 2\n"),
        ("old", "old"),
        ("old = 1  # why", "old = 1  # why"),
        ("old = 1;\n", "old = 1;\n"),
        ("a = (\n    old\n)\nb\n", "a = (\n    old\n)\n"),
        ("if a:\n    b\n    old\n    c\n", "    old\n"),
        ("if a: old\nb\n", "if a: old\n"),
        ("if a:\n    if b: c; old\n    d\n", "    if b: c; old\n"),
        ("a = 1; old; b = 3\nc\n", "a = 1; old; b = 3\n"),
        ("a; b = (\n1); old\nc\n", "a; b = (\n1); old\n"),
        ("if a:\n    b\nelif old:\n    c\nd\n", "if a:\n    b\nelif old:\n    c\n"),
        ("if a:\n    b\nelif c:\n    old\nd\n", "    old\n"),
        ("if a: b\nelse: old\nc\n", "if a: b\nelse: old\n"),
        ("try:\n  a\nexcept old:\n  b\nc\n", "try:\n  a\nexcept old:\n  b\n"),
        ("match a:\n    case old.b:\n        c\nd\n", "match a:\n    case old.b:\n        c\n"),
        ("a\n@old\n@b\ndef f(): c\nd\n", "@old\n@b\ndef f(): c\n"),
        ("a\n@(\nold)\ndef f(): c\nd\n", "@(\nold)\ndef f(): c\n"),
        ("class A:\n    @b\n    def old(self):\n        c\n    d\n", "    @b\n    def old(self):\n        c\n"),
        ("if a:\n\told = '''\nno indent'''\n\tb\n", "\told = '''\nno indent'''\n"),
        ("a\n\x0cold\nb\n", "old\n"),
        ("if a:\n\x0c  old\n  b\n", "  old\n"),
        ("a = old + \\\n  1\nb\n", "a = old + \\\n  1\n"),
        ("a\r\nold\r\nb\r\n", "old\r\n"),
        ("é = 'ü'; old\nb\n", "é = 'ü'; old\n"),
    ],
)  # fmt: skip
def test_the_region_is_the_smallest_statement_that_has_its_lines_to_itself(text: str, region: str) -> None:
    file = Source("m.py", text.encode())
    seen = Nothing()
    assert regions.rewrite(file, target(file), seen) == ()
    assert seen.code.removeprefix("if 1:\n") == region
    assert seen.offsets.get("old", text.index("old")) == text.index("old")


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("def old(): pass", "def old(): ..."),
        ("a\n@b\n@c(d)\nasync def old(e, *, f: g = 'h:i') -> 'j:k':  # l\n    pass\n", "@b\n@c(d)\nasync def old(e, *, f: g = 'h:i') -> 'j:k': ..."),
        ("def old(a, # b: c)\n    /): pass", "def old(a, # b: c)\n    /): ..."),
        ("def old(a=lambda: 1, b={1: 2}, *c, **d): pass", "def old(a=lambda: 1, b={1: 2}, *c, **d): ..."),
        ("def old(a=(1)) -> (b) : pass", "def old(a=(1)) -> (b) : ..."),
        ("def old(  # a: b\n): pass", "def old(  # a: b\n): ..."),
        ("class old: a: b = 1", "class old: ..."),
        ("class old(a[1:2], metaclass=b, **c): pass", "class old(a[1:2], metaclass=b, **c): ..."),
        ("class A:\n  @b\n  # c: d\n  def old(self): pass\n", "  @b\n  # c: d\n  def old(self): ..."),
        ("def old \\\n (a) \\\n : pass", "def old \\\n (a) \\\n : ..."),
    ],
)  # fmt: skip
def test_a_header_ends_at_its_colon(text: str, header: str) -> None:
    file = Source("m.py", text.encode())
    node = target(file)
    assert isinstance(node, Definition)
    seen = Nothing()
    assert regions.rewrite_header(file, node, seen) == ()
    assert seen.code.removeprefix("if 1:\n") == header
    assert seen.offsets["old"] == text.index("old")


@pytest.mark.skipif(sys.version_info < (3, 12), reason="needs the syntax of Python 3.12")
@pytest.mark.parametrize("text", ["def old[T: a[1:2]](b): c", "class old[*T]: c", "class old[T](b): c"])
def test_type_parameters_belong_to_the_header(text: str) -> None:
    file = Source("m.py", text.encode())
    node = target(file)
    assert isinstance(node, Definition)
    assert file.text[regions.header_end(file, node) :] == ": c"


@pytest.mark.parametrize(
    "text",
    ["f(old)", "f(a for a in old)", "f(*old)", "a[old:1]", "a[1:old, 2]", "f'{old!r:>{1}}'", "[\nold, # é\n]",
     "lambda: (yield old)", "async def f():\n  await old\n", "(old := 1)", "a, *old = b"],
)  # fmt: skip
def test_an_expression_may_stand_anywhere(text: str) -> None:
    file = Source("m.py", text.encode())
    for node in ast.walk(file.tree):
        if isinstance(node, ast.expr):
            assert regions.rewrite_expression(file, node, Nothing()) == ()
    assert apply(file, regions.rewrite_expression(file, target(file), Rename())) == (  # type: ignore[arg-type]
        text.replace("old", "new")
    )


# ---- what comes out ----------------------------------------------------------------------------

TEXT = """\
# é: before
class A:
\t@old
\tasync def f(self, a=old, b = [1,  2 ]):  # odd   spacing
\t\tx = '''
  old  '''; y = old ;z = (old
   ,  1)
\t\tif x : old
\t\t# a comment \\
\t\treturn lambda:old

# after
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_only_the_renamed_tokens_differ(newline: str, bom: bytes) -> None:
    data = bom + TEXT.replace("\n", newline).encode()
    expected = (
        data.replace(b"@old", b"@new")
        .replace(b"a=old", b"a=new")
        .replace(b"y = old", b"y = new")
        .replace(b"(old", b"(new")
        .replace(b": old", b": new")
        .replace(b":old", b":new")
    )
    file = Source("m.py", data)
    edits = regions.rewrite(file, file.tree.body[0], Rename())
    assert {file.text[e.start : e.end] for e in edits} == {"old"}
    assert splice(file, edits) == expected


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_new_lines_end_as_the_others_do(newline: str) -> None:
    class Twice(regions.Rewriter):
        def leave_SimpleStatementLine(
            self, original_node: cst.SimpleStatementLine, updated_node: cst.SimpleStatementLine
        ) -> cst.FlattenSentinel[cst.SimpleStatementLine]:
            return cst.FlattenSentinel([updated_node, updated_node])

    text = "if a:\n  old\n  b\n".replace("\n", newline)
    file = Source("m.py", text.encode())
    edits = regions.rewrite(file, target(file), Twice())
    assert apply(file, edits) == "if a:\n  old\n  old\n  b\n".replace("\n", newline)


def test_text_that_libcst_does_not_give_back_is_left_alone() -> None:
    # LibCST takes the backslash at the end of the comment for a continuation and loses a line end
    file = Source("m.py", b"old = 1  # ^\\\nb = 2\n")
    with pytest.raises(Unreadable, match="LibCST does not give it back") as caught:
        regions.rewrite(file, target(file), Rename())
    assert caught.value.line == 1


def test_text_that_libcst_cannot_parse_is_unreadable() -> None:
    file = Source("m.py", b"a = 1\n(old): int = 2\n")
    with pytest.raises(Unreadable, match="LibCST: ") as caught:
        regions.rewrite(file, target(file), Rename())
    assert caught.value.line == 2


def test_a_region_that_loses_its_frame_is_unreadable() -> None:
    class Strip(regions.Rewriter):
        def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> cst.Name:
            return updated_node.with_changes(lpar=[], rpar=[])

    file = Source("m.py", b"f(old)\n")
    with pytest.raises(Unreadable, match="LibCST does not give it back"):
        regions.rewrite_expression(file, target(file), Strip())  # type: ignore[arg-type]


# ---- minimal -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "edits"),
    [
        ("", "", []),
        ("a b", "a b", []),
        ("old = 1", "older = 1", [(0, 3, "older")]),  # whole tokens
        ("f(a, b)", "f(a, x, b)", [(5, 5, "x, ")]),
        ("f(a, b)", "f(b)", [(2, 5, "")]),
        ("a\r\nb", "a\r\nc\r\nb", [(3, 3, "c\r\n")]),
        ("x.y.z", "p.y.q", [(0, 1, "p"), (4, 5, "q")]),
        ("é→ü", "é←ü", [(1, 2, "←")]),
    ],
)
def test_minimal_spans_hold_whole_tokens(old: str, new: str, edits: list[tuple[int, int, str]]) -> None:
    assert list(regions.minimal(old, new)) == edits


def test_minimal_compares_large_texts_line_by_line() -> None:
    lines = [f"self.call_{n}(old, [old, {n}])\n" for n in range(3_000)]
    old = "".join(lines)
    new = "".join([*lines[:10], "added\n", *lines[10:2000], *lines[2001:]]).replace("old", "new")
    edits = list(regions.minimal(old, new))
    text, done = "", 0
    for start, end, part in edits:
        text, done = text + old[done:start] + part, end
    assert text + old[done:] == new
    assert max(end - start for start, end, _ in edits) < 200

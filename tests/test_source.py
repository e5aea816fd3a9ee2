"""One file: its bytes, text and offsets, whatever its encoding, line endings and layout."""

from __future__ import annotations

import ast
import sys
import warnings

import pytest

from codemods.engine.parsing import parse
from codemods.engine.source import Source, is_function
from codemods.engine.values import Unreadable


def source(data: bytes | str, path: str = "m.py") -> Source:
    return Source(path, data.encode() if isinstance(data, str) else data)


def first(file: Source, kind: type[ast.AST]) -> ast.AST:
    return next(n for n in ast.walk(file.tree) if isinstance(n, kind))


# ---- encoding ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"", "utf-8"),
        (b"x = 1", "utf-8"),
        (b"\xef\xbb\xbfx = 1\n", "utf-8-sig"),
        (b"# -*- coding: latin-1 -*-\n", "iso-8859-1"),
        (b"# vim: set fileencoding=latin-1 :\n", "iso-8859-1"),
        (b"#!/usr/bin/python\r\n# coding: cp1252\r\n", "cp1252"),
        (b"#!/usr/bin/python\r# coding: cp1252\r", "cp1252"),
        (b"\n# coding: cp1252\n", "cp1252"),
        (b" \t\f# coding: cp1252\n", "cp1252"),
        (b"# coding: utf-8-unix\n", "utf-8"),
        (b"x = 1\n# coding: cp1252\n", "utf-8"),  # too late: the first line is code
        (b"\n\n# coding: cp1252\n", "utf-8"),  # too late: the third line
        (b"x = '# coding: cp1252'\n", "utf-8"),
        (b"\xef\xbb\xbf# coding: utf-8\n", "utf-8-sig"),
        (b"# \xe9t\xe9\n# coding: latin-1\n", "iso-8859-1"),  # the first line is in it, too
    ],
)
def test_encoding_follows_pep_263(data: bytes, encoding: str) -> None:
    assert source(data).encoding == encoding
    assert source(data).encoded(source(data).text) == data


def test_a_cookie_counts_in_python_files_only() -> None:
    assert source("; coding: latin-1\n# é".encode(), "tox.ini").encoding == "utf-8"
    assert source("# coding: latin-1\né".encode("latin-1"), "m.pyi").text == "# coding: latin-1\né"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"x = '\xe9'\n", "not utf-8"),
        (b"# coding: klingon\n", "unknown encoding: klingon"),
        (b"\xef\xbb\xbf# coding: latin-1\n", "encoding problem: utf-8"),
        (b"# coding: rot13\nk = 1\n", "not rot13"),
        (b"# coding: utf-16\n", "not utf-16"),
        (b"# coding: utf-7\nx = 1 +AGE- 2\n", "same bytes back"),
    ],
)
def test_text_that_cannot_be_had_is_unreadable(data: bytes, message: str) -> None:
    with pytest.raises(Unreadable, match=message):
        _ = source(data).text


def test_the_bom_is_no_text_and_comes_back() -> None:
    file = source(b"\xef\xbb\xbfx = 1\n")
    assert file.text == "x = 1\n"
    assert file.encoded("y = 1\n") == b"\xef\xbb\xbfy = 1\n"


def test_a_cookie_of_utf_8_sig_puts_no_bom_into_new_text() -> None:
    assert source("# coding: utf-8-sig\né = 1\n").encoded("é") == "é".encode()


def test_can_hold_asks_the_encoding() -> None:
    latin = source(b"# coding: latin-1\n")
    assert latin.can_hold("é")
    assert not latin.can_hold("→")
    assert source(b"").can_hold("→")
    assert not source(b"").can_hold("\ud800")


# ---- lines -------------------------------------------------------------------------------------


def test_lines_end_where_python_ends_them() -> None:
    file = source("a\r\nb\rc\nd\x0ce\x0bf\u2028g\x85h\x1ci")
    assert [file.line(n) for n in range(1, len(file.line_starts) + 1)] == [
        "a\r\n",
        "b\r",
        "c\n",
        "d\x0ce\x0bf\u2028g\x85h\x1ci",
    ]


@pytest.mark.parametrize(("text", "newline"), [("", "\n"), ("a", "\n"), ("a\r\nb\n", "\r\n"), ("a\rb\n", "\r")])
def test_the_first_line_ending_is_that_of_new_lines(text: str, newline: str) -> None:
    assert source(text).newline == newline


def test_line_of_is_the_inverse_of_line_starts() -> None:
    file = source("ab\r\nc\n\nd")
    assert [file.line_of(o) for o in range(len(file.text) + 1)] == [1, 1, 1, 1, 2, 2, 3, 4, 4]


@pytest.mark.parametrize(
    ("text", "indent"),
    [
        ("x = 1\n", "    "),
        ("if x:\n  y\n", "  "),
        ("if x:\n\ty\n", "\t"),
        ('"""doc\n  indented text\n"""\ndef f():\n        pass\n', "        "),  # not the docstring
        ("f(a,\n  b)\nclass A:\n   x = 1\n", "   "),  # not a continuation line
        ("if x: y\nwhile x:\n  @d\n  def f(): pass\n", "  "),
        ("\x0cif x:\n\x0c  y\n", "  "),
        ("if x: y\rwhile x:\r   z\r", "   "),
    ],
)
def test_indent_is_that_of_the_first_block(text: str, indent: str) -> None:
    assert source(text).indent == indent


# ---- positions ---------------------------------------------------------------------------------

ODD = [
    "x = 'é→𝔘'; target = 1",
    "\ufefftarget = 1".removeprefix("\ufeff"),
    "'a\u2028b'; target = 1",
    "if 1:\n\tx = 'ü'; target = 1",
    "'''é\r\n→'''; target = 1\r\n",
    "x = 1\r\rtarget = 1\r",
    "\x0cx = 'é'\n\x0ctarget = 1\n",
    "f'é{target}→'",
    "f'''é\n  →{1:>{target}}'''",
    "'é' f'{target}'",
    "['é', '→',\n 'ü', target]",
]


@pytest.mark.parametrize("text", ODD)
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_a_name_is_found_where_it_stands(text: str, bom: bytes) -> None:
    file = source(bom + text.encode())
    name = next(n for n in ast.walk(file.tree) if isinstance(n, ast.Name) and n.id == "target")
    assert file.segment(name) == "target"
    assert file.text[slice(*file.span(name))] == "target"


def test_positions_in_another_encoding_are_characters_too() -> None:
    file = source("# coding: latin-1\nx = 'éü'; target = 1\n".encode("latin-1"))
    name = next(n for n in ast.walk(file.tree) if isinstance(n, ast.Name) and n.id == "target")
    assert file.segment(name) == "target"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("def  f (): pass", "f"),
        ("async  def f(): pass", "f"),
        ("async \\\n def \\\n f(): pass", "f"),
        ("class é: pass", "é"),
        ("@d\nclass A(B): pass", "A"),
        ("def ﬁ(): pass", "ﬁ"),  # a ligature, which `ast` shows as "fi"
        ("def a·b(): pass", "a·b"),  # the middle dot may continue an identifier
    ],
)
def test_name_span_is_the_name_token(text: str, name: str) -> None:
    file = source(text)
    node = file.tree.body[0]
    assert is_function(node) or isinstance(node, ast.ClassDef)
    assert file.text[slice(*file.name_span(node))] == name


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("\ndef f(): pass", 2),
        ("\n@d\n@e\ndef f(): pass", 2),
        ("@(\n# @home\nd)\ndef f(): pass", 1),
        ("@ \\\nd\ndef f(): pass", 1),
        ("if x:\n\t@d\n\tclass A: pass", 1),
    ],
)
def test_first_line_holds_the_first_decorator(text: str, line: int) -> None:
    file = source(text)
    assert file.first_line(file.tree.body[0]) == line


def test_qualified_names_are_those_of_the_definitions_around() -> None:
    text = "class A:\n    @deco(1)\n    def f(self):\n        return [x for x in y]\n\nz = 1\n"
    file = source(text)
    assert file.qualname(first(file, ast.ListComp)) == "A.f"
    assert file.qualname_at(text.index("[x")) == "A.f"
    assert file.qualname_at(text.index("deco")) == "A.f"
    assert file.qualname_at(text.index("class")) == "A"
    assert file.qualname_at(text.index("z")) == ""


def test_a_definition_is_found_in_every_kind_of_block() -> None:
    text = (
        "try:\n    pass\nexcept A:\n    def handles(): x1\nelse:\n    def goes_on(): x2\nfinally:\n    def ends(): x3\n"
        "match a:\n    case 1: pass\n    case 2:\n        def second(): x4\n    case _: x5\n"
    )
    file = Source("a.py", text.encode())
    found = [file.qualname_at(text.index(f"x{n}")) for n in range(1, 6)]
    assert found == ["handles", "goes_on", "ends", "second", ""]


# ---- tree --------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["x = ", "x = '\\", "\tx\n  y\n", "a\0b", "(" * 300, "print 1"])
def test_text_without_a_tree_is_unreadable(text: str) -> None:
    with pytest.raises(Unreadable):
        _ = source(text).tree


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="this Python knows the syntax")
@pytest.mark.parametrize(
    ("line", "version"),
    [
        ("type X = int", "3.12"),
        ("type X[T] = list[T]", "3.12"),
        ("def f[T](x: T): pass", "3.12"),
        ("async  def f[T](x: T): pass", "3.12"),
        ("class A[T]: pass", "3.12"),
        ("class A[T = int]: pass", "3.13"),
        ("print(f'{x['a']}')", "3.12"),
        ("f'{chr(10) + '''\\n'''}'", "3.12"),
        ("x = t'{y}'", "3.14"),
        ("try: pass\nexcept KeyError, ValueError: pass", "3.14"),
    ],
)
def test_syntax_of_a_newer_python_is_named(line: str, version: str) -> None:
    with pytest.raises(Unreadable, match=rf"Python {version} or newer"):
        parse(f"x = 1\n{line}\n")


@pytest.mark.parametrize("text", ["x == 't'; print 1", "f[x] = = 1", "type == int =", "except E, e: pass", "f'{'"])
def test_plain_mistakes_are_not_taken_for_newer_syntax(text: str) -> None:
    with pytest.raises(Unreadable, match=r"^((?!newer).)*$"):
        parse(f"def ok(): 't'\n{text}\n")


def test_warnings_of_analysed_code_stay_quiet() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        parse("x = '\\d'\nassert (x, 'always true')\n1 is 1\n")


# ---- comments ----------------------------------------------------------------------------------


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_comments_stand_at_their_lines(newline: str) -> None:
    lines = [
        "# one",
        "x = '# no'  # two",
        "'''",
        "# no",
        "'''",
        "\x0c# three",
        "y = (  # four",
        ")",
    ]
    assert source(newline.join(lines)).comments == {
        1: "# one",
        2: "# two",
        6: "# three",
        7: "# four",
    }


def test_comments_are_told_from_texts_by_their_quotes() -> None:
    lines = [
        "a = 'it\\'s # no' + \"#'no\"  # one's",
        'b = """ \\""" # no \'',
        '"# no""" + r"\\\\" + \'\'  # two "',
        'c = f\'{a}#no\' f"{b}" "{#"  # three {',
        "d = '\\",
        "# no'",
        "# four",
    ]
    file = source("\n".join(lines))
    assert file.tree
    assert file.comments == {1: "# one's", 3: '# two "', 4: "# three {", 7: "# four"}


@pytest.mark.skipif(sys.version_info < (3, 12), reason="a syntax error")
def test_comments_in_f_strings_that_hold_their_own_quotes() -> None:
    file = source('x = f"{d["#a"]}"  # one\ny = f"""{\nd  # two\n}"""\n')
    assert file.tree
    assert file.comments == {1: "# one", 3: "# two"}


# ---- ancestors ---------------------------------------------------------------------------------

NESTED = '''
@first(lambda a: [b for b in a])
@(  # on a line of its own
    second
)
class Outer(base): x = 1; y = [lambda: z for z in x]
def one(a=default): return a; b = 2
async def many(a: int, *, c=lambda: 1) -> None:
    """Text."""
    if a: b
    elif c: [d for d in e if (f := d)]
    try: g
    except (H, I) as j: k
    finally:
        l
    match m:
        case [N(o=p), *q] if r: s
        case _:
            t = f"""{u}
            {v!r:>{w}}""" f"{x}" "y"
    async with z as (aa, bb): cc
    for dd in ee: ff
    else: gg
'''


def test_ancestors_by_line_are_those_of_the_whole_tree() -> None:
    file, whole = Source("m.py", NESTED.encode()), Source("m.py", NESTED.encode())
    whole.tree = file.tree
    assert whole.parents
    for node in ast.walk(file.tree):
        if not isinstance(node, ast.expr_context | ast.operator | ast.boolop):
            assert [*file.ancestors(node)] == [*whole.ancestors(node)], ast.dump(node)
            file.__dict__.pop("parents", None)


def test_what_is_made_up_has_no_ancestors() -> None:
    file = Source("m.py", b"a = 1\n")
    assert [*file.ancestors(ast.Name("a", ast.Load()))] == []
    assert "parents" not in file.__dict__


def test_many_names_are_looked_for_as_few_are() -> None:
    file = Source("a.py", "alpha = 1\nbeta_alpha = béta\nx.alpha(beta)\n# gamma-delta\n".encode())
    names = {"alpha", "beta", "delta", "béta"}
    assert file.word_lines(names) == file.word_lines({*names, *(f"other_{n}" for n in range(9))}) == [1, 2, 3, 4]

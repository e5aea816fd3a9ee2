"""One file: its bytes, text, `ast`, and regions that LibCST can rewrite alone.

Parsing a whole file with LibCST costs eight times what `ast` costs, so nodes are located in the
`ast` and only the smallest region around one is given to a LibCST transformer. All offsets are
character offsets in the decoded text without BOM.
"""

from __future__ import annotations

import ast
import bisect
import codecs
import re
import tokenize
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TypeGuard

from .parsing import NEWLINE, comments, line_starts, parse, whole_words
from .remember import Once
from .values import Edit, Unreadable

# comments that mean nothing without the import or the line that they stand beside
TYPE_COMMENT = re.compile(r"#[ \t]*type:(?![ \t]*ignore\b)([^\r\n]*)")  # with the type
PRAGMA = re.compile(r"#\s*(noqa|type:\s*ignore|(pylint|isort|pyright|mypy|pragma|ruff):)", re.I)
PYTHON = (".py", ".pyi")  # how the names of files with Python code end

# The name token of a definition; `node.name` may differ from it, Python normalises identifiers.
_NAME = re.compile(r"(?:async\b(?:\s|\\)+)?(?:def|class)\b(?:\s|\\)*([^\s\\(\[:]+)")
_ONLY_WORDS = bytes(code if re.match(rb"\w", bytes([code])) else 32 for code in range(256))  # of ASCII letters
_BYTE_NEWLINE = re.compile(rb"\r\n|\r|\n")
_HEAD = re.compile(rb"([^\r\n]*)(?:\r\n|\r|\n)?([^\r\n]*)")

BLOCKS = ("body", "handlers", "cases", "orelse", "finalbody")
_FLAT = frozenset(
    {ast.Expr, ast.Assign, ast.Return, ast.Assert, ast.Import, ast.ImportFrom, ast.AnnAssign, ast.Raise}
)
_CHILDLESS = frozenset({"ctx", "op", "ops", "id", "attr", "arg", "kind", "type_comment"})  # of texts and shared nodes

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
Function = ast.FunctionDef | ast.AsyncFunctionDef


def is_function(node: object) -> TypeGuard[Function]:
    return isinstance(node, Function)


def asks_for_main(node: ast.AST) -> bool:
    """Whether it is true where `__name__` is "__main__" alone."""
    match node:
        case ast.Compare(left=left, ops=[ast.Eq()], comparators=[right]):
            return {"__name__", "__main__"} == {getattr(s, "id", getattr(s, "value", None)) for s in (left, right)}
    return False


def is_docstring(owner: ast.AST | None, statement: ast.AST | None) -> bool:
    """Whether a statement is what a module or definition begins with: a text."""
    first = isinstance(owner, ast.Module | Definition) and owner.body[0] is statement
    return first and isinstance(statement, ast.Expr) and isinstance(getattr(statement.value, "value", None), str)


def statements(body: Sequence[ast.stmt], inside: bool = False) -> Iterator[ast.stmt]:
    """The statements that run in one scope, in their order: those under if, try, with, for and match included, and with
    `inside` those in its functions and classes. Looks at no expression: a tenth of the nodes of `ast.walk`."""
    stack: list[ast.AST] = [*reversed(body)]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.stmt):
            yield node
            if type(node) in _FLAT or (not inside and isinstance(node, Definition)):
                continue
        stack += [*blocks(node)][::-1]


def blocks(node: ast.AST) -> Iterator[ast.AST]:
    """Statements right below a node, `except` and `case` clauses included, in their order in the file."""
    for name in BLOCKS:
        found = getattr(node, name, None)
        if isinstance(found, list):
            yield from found


def _parents(root: ast.AST, without: Container[str] = ()) -> dict[ast.AST, ast.AST]:
    """The parents of all nodes below a node, but for those in some fields of it."""
    found: dict[ast.AST, ast.AST] = {}
    stack = [root]
    while stack:
        node = stack.pop()
        children = _children(node, without if node is root else ())
        found.update(dict.fromkeys(children, node))
        stack += children
    return found


def _children(node: ast.AST, without: Container[str] = ()) -> list[ast.AST]:
    """The nodes right below a node, in their order, but for operators, contexts and those in some fields."""
    found: list[ast.AST] = []
    for name in node._fields:
        value = getattr(node, name, None) if name not in _CHILDLESS and name not in without else None
        if isinstance(value, list):
            found += [child for child in value if isinstance(child, ast.AST)]
        elif isinstance(value, ast.AST):
            found.append(value)
    return found


def _climb(parents: Mapping[ast.AST, ast.AST], node: ast.AST) -> Iterator[ast.AST]:
    while node in parents:
        yield (node := parents[node])


def any_between(numbers: Sequence[int], first: int, last: int) -> bool:
    """Whether one of some sorted numbers lies between two others, these included."""
    index = bisect.bisect_left(numbers, first)
    return index < len(numbers) and numbers[index] <= last


def _last_line(node: ast.AST) -> int:
    """The last line of a statement or clause; a `case` has no lines of its own."""
    end: int = node.body[-1].end_lineno if isinstance(node, ast.match_case) else node.end_lineno  # type: ignore[attr-defined, assignment]
    return end


class Source(Once):
    """One file at the start of a step. Raises Unreadable when its text or tree cannot be had."""

    def __init__(self, path: str, data: bytes, origins: Mapping[str, str] | None = None) -> None:
        self.path = path
        self.data = data
        # names of libraries that come through other files of the project: dotted, as this file writes them, or
        # ":name" of a star import → what they mean (facts/origins.py)
        self.origins: Mapping[str, str] = origins or {}
        self._made = {}
        self._lines: dict[int, list[ast.AST]] = {}
        self._inner: dict[ast.AST, dict[ast.AST, ast.AST]] = {}  # by statement, its expressions' parents

    def forget(self) -> None:
        """Let go of all that was made of it: names and scopes know each other, and a tree that hangs on such a circle
        stays in memory until somebody looks for circles."""
        for made in self._made.values():
            if callable(forget := getattr(made, "forget", None)):
                forget()
        self.__dict__.clear()

    # ---- text ------------------------------------------------------------------------------

    @cached_property
    def bom(self) -> bytes:
        return codecs.BOM_UTF8 if self.data.startswith(codecs.BOM_UTF8) else b""

    @cached_property
    def encoding(self) -> str:
        """By PEP 263: BOM, else the cookie in the first two lines, else UTF-8."""
        head = _HEAD.match(self.data, len(self.bom))
        if self.is_python and head and b"coding" in head[0]:
            # the standard library would decode the first line before it has seen the second
            first, second = (re.sub(rb"[\x80-\xff]", b"?", line) for line in head.groups())
            lines = iter([self.bom + first + b"\n", second])
            try:
                return tokenize.detect_encoding(lambda: next(lines, b""))[0]
            except SyntaxError as error:
                raise Unreadable(str(error.msg), 1 if b"coding" in first else 2) from None
        return "utf-8-sig" if self.bom else "utf-8"

    @property
    def cookie(self) -> str:
        """The line with its ending that says which encoding the file has; "" for one that needs none."""
        if self.encoding in ("utf-8", "utf-8-sig"):
            return ""
        return next(line for n in (1, 2) if "coding" in (line := self.line(n)))

    @property
    def codec(self) -> str:
        """The encoding of the bytes after the BOM."""
        return "utf-8" if self.encoding == "utf-8-sig" else self.encoding

    @property
    def is_python(self) -> bool:
        return self.path.endswith(PYTHON)

    @cached_property
    def text(self) -> str:
        try:
            text = self.data[len(self.bom) :].decode(self.codec)
            exact = self.encoded(text) == self.data
        except UnicodeDecodeError as error:
            before = self.data[: len(self.bom) + error.start]
            what = f"not {self.codec}: byte 0x{self.data[len(before)]:02x}, {error.reason}"
            raise Unreadable(what, len(_BYTE_NEWLINE.findall(before)) + 1) from None
        except (UnicodeError, LookupError) as error:
            raise Unreadable(f"not {self.codec}: {error}") from None
        if not exact:  # what lies outside of edits must come out the same
            raise Unreadable(f"{self.codec} does not give the same bytes back")
        return text

    def encoded(self, text: str) -> bytes:
        """The bytes of a text in this file's encoding, BOM included. Raises UnicodeEncodeError."""
        return self.bom + text.encode(self.codec)

    @cached_property
    def newline(self) -> str:
        """The file's first line ending; new lines use it."""
        match = NEWLINE.search(self.text)
        return match[0] if match else "\n"

    @cached_property
    def line_starts(self) -> list[int]:
        """Character offset of each line's start."""
        return line_starts(self.text)

    @cached_property
    def indent(self) -> str:
        """One level of indentation: that of the first indented block."""
        for node in ast.walk(self.tree):
            body = getattr(node, "body", None)
            if isinstance(body, list) and isinstance(node, ast.stmt):
                outer, inner = self._margin(node), self._margin(body[0])
                if inner.startswith(outer) and inner != outer:
                    return inner.removeprefix(outer)
        return "    "

    def _margin(self, statement: ast.stmt) -> str:
        """The white space before a statement's line."""
        line = self.line(self.first_line(statement))
        return line[: len(line) - len(line.lstrip(" \t\f"))].rpartition("\f")[2]

    def line(self, number: int) -> str:
        """Line `number` (from 1) with its ending."""
        return self.text[self.line_starts[number - 1] : self.line_end(number)]

    def is_blank(self, number: int) -> bool:
        """Whether a line is blank, or there is none of this number."""
        return not 1 <= number <= len(self.line_starts) or not self.line(number).strip()

    def line_end(self, number: int) -> int:
        """Character offset behind line `number` (from 1) and its ending."""
        return self.line_starts[number] if number < len(self.line_starts) else len(self.text)

    def line_of(self, offset: int) -> int:
        """The number (from 1) of the line that holds a character offset."""
        return bisect.bisect_right(self.line_starts, offset)

    def lines_of(self, text: str) -> list[int]:
        """The lines on which a text begins, sorted; asks for no lines where it is nowhere."""
        return [self.line_of(m.start()) for m in re.finditer(re.escape(text), self.text)]

    def word_lines(self, names: Iterable[str]) -> list[int]:
        """The lines on which one of the names stands as a word, sorted."""
        held = self.held(names)
        return sorted({self.line_of(m.start()) for m in whole_words(held).finditer(self.text)}) if held else []

    def held(self, names: Iterable[str]) -> frozenset[str]:
        """Those of some names that the text may hold as words: of a few, all."""
        wanted = frozenset(names)
        if len(wanted) <= 8 or self.codec != "utf-8" or not all(map(str.isidentifier, wanted)):
            return wanted
        return frozenset(name for name in wanted if not name.isascii() or name.encode() in self._words)

    @cached_property
    def _words(self) -> frozenset[bytes]:
        """All words of ASCII letters. To look for many alternatives costs more than these."""
        return frozenset(self.data.translate(_ONLY_WORDS).split())

    def can_hold(self, text: str) -> bool:
        """Whether the file's encoding has every character of `text`."""
        try:
            text.encode(self.codec)
        except UnicodeEncodeError:
            return False
        return True

    # ---- tree ------------------------------------------------------------------------------

    @cached_property
    def tree(self) -> ast.Module:
        return parse(self.text)

    @cached_property
    def parents(self) -> dict[ast.AST, ast.AST]:
        """Each node's parent. Operators and contexts are left out: their nodes are shared."""
        return _parents(self.tree)

    def ancestors(self, node: ast.AST) -> Iterator[ast.AST]:
        """From the node's parent up to the module; found by its line, so that few statements are looked into."""
        if "parents" in self.__dict__:
            yield from _climb(self.parents, node)
            return
        above = [*self.above(getattr(node, "lineno", 0))]
        if node in above:
            return (yield from above[: above.index(node)][::-1])
        while len(above) > 1:  # a header may stand on one line with a body
            statement = above.pop()
            if statement not in self._inner:
                self._inner[statement] = _parents(statement, BLOCKS)
            if node in self._inner[statement]:
                yield from _climb(self._inner[statement], node)
                return (yield from above[::-1])
        if hasattr(node, "lineno") or not isinstance(node, ast.expr):  # else it is made up
            yield from _climb(self.parents, node)

    def holds(self, node: ast.AST, lines: Sequence[int]) -> bool:
        """Whether one of some lines, sorted, is a statement's."""
        return any_between(lines, self.first_line(node), node.end_lineno)  # type: ignore[attr-defined]

    def walk(self, node: ast.AST, lines: Sequence[int]) -> Iterator[ast.AST]:
        """Like `ast.walk`, but in the order of the tree, and without operators and contexts and the statements that hold none
        of some lines."""
        stack = [node]
        while stack:
            node = stack.pop()
            yield node
            stack += [c for c in _children(node) if not isinstance(c, ast.stmt) or self.holds(c, lines)][::-1]

    def suite(self, statement: ast.stmt) -> list[ast.stmt]:
        """The statements of the block that a statement is in."""
        fields = ast.iter_fields(self.parents[statement])
        return next(block for _, block in fields if isinstance(block, list) and statement in block)

    def offset(self, line: int, column: int) -> int:
        """Character offset of an `ast` position, whose columns count UTF-8 bytes."""
        text = self.line(line)
        if not text.isascii():
            column = len(text.encode()[:column].decode())
        return self.line_starts[line - 1] + column

    def start(self, node: ast.AST) -> int:
        return self.offset(node.lineno, node.col_offset)  # type: ignore[attr-defined]

    def end(self, node: ast.AST) -> int:
        return self.offset(node.end_lineno, node.end_col_offset)  # type: ignore[attr-defined]

    def span(self, node: ast.AST) -> tuple[int, int]:
        """Character offsets of a node. A definition's span starts at its keyword, not its decorators."""
        return self.start(node), self.end(node)

    def segment(self, node: ast.AST) -> str:
        start, end = self.span(node)
        return self.text[start:end]

    def name_span(self, node: Definition) -> tuple[int, int]:
        """Character offsets of the name token of a `def` or `class`."""
        match = _NAME.match(self.text, self.start(node))
        assert match
        return match.span(1)

    def first_line(self, node: ast.AST) -> int:
        """The line a statement starts on, its decorators included."""
        decorators = getattr(node, "decorator_list", None)
        if not decorators:
            return node.lineno  # type: ignore[attr-defined,no-any-return]
        line: int = decorators[0].lineno
        while not self.line(line).lstrip(" \t\f").startswith("@"):  # @(  # on a line of its own
            line -= 1
        return line

    def _begins(self, node: ast.AST) -> int:
        return node.pattern.lineno if isinstance(node, ast.match_case) else self.first_line(node)

    def qualname(self, node: ast.AST) -> str:
        """Dotted name of the definitions around and including a node; "" at module level."""
        chain = [node, *self.ancestors(node)]
        return ".".join(n.name for n in reversed(chain) if isinstance(n, Definition))

    def qualname_at(self, offset: int) -> str:
        """Dotted name of the innermost definition (decorators included) that holds an offset."""
        return ".".join(n.name for n in self.above(self.line_of(offset)) if isinstance(n, Definition))

    def above(self, line: int) -> list[ast.AST]:
        """The module, and the statements and clauses that hold a line, the innermost last."""
        if line not in self._lines:
            found: list[ast.AST] = [self.tree]
            while (inner := self._holding(found[-1], line)) is not None:
                found.append(inner)
            self._lines[line] = found
        return self._lines[line]

    def _holding(self, node: ast.AST, line: int) -> ast.AST | None:
        """The statement or clause right below a node that holds a line."""
        for name in BLOCKS:
            block = getattr(node, name, None)
            if isinstance(block, list) and block:
                at = bisect.bisect_left(block, line, key=_last_line)
                if at < len(block) and self._begins(block[at]) <= line:
                    found: ast.AST = block[at]
                    return found
        return None

    # ---- comments --------------------------------------------------------------------------

    @cached_property
    def comments(self) -> dict[int, str]:
        """Comments by line number."""
        return comments(self.text, parses="tree" in self.__dict__)

    # ---- edits -----------------------------------------------------------------------------

    def replace(self, node_or_span: ast.AST | tuple[int, int], new: str) -> Edit:
        """An edit that puts `new` in the place of a node or of a character span."""
        start, end = node_or_span if isinstance(node_or_span, tuple) else self.span(node_or_span)
        return Edit(self.path, start, end, new)

"""One file: its bytes, text, `ast`, and regions that LibCST can rewrite alone.

Parsing a whole file with LibCST costs eight times what `ast` costs, so nodes are located in the
`ast` and only the smallest region around one is given to a LibCST transformer. All offsets are
character offsets in the decoded text without BOM; `width` maps them to the original bytes.
"""

from __future__ import annotations

import ast
import bisect
import codecs
import io
import re
import tokenize
import warnings
from collections.abc import Iterator
from functools import cached_property
from typing import TypeGuard

from .base import Edit, Unreadable

_NEWLINE = re.compile(r"\r\n|\r|\n")  # what ends a line for Python; str.splitlines knows more
_HEAD = re.compile(rb"(?:[^\r\n]*(?:\r\n|\r|\n)){0,2}[^\r\n]*")
# Any of these says "parses only from that version on" when the running Python fails on a file.
_NEWER = (
    (re.compile(r"^\s*type\s+\w+[^=\n]*=", re.M), "3.12"),
    (re.compile(r"^\s*(async\s+)?(def|class)\s+\w+\s*\[", re.M), "3.12"),
    (re.compile(r"\b[tT][rR]?(\"|')"), "3.14"),
)

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
Function = ast.FunctionDef | ast.AsyncFunctionDef


def is_function(node: object) -> TypeGuard[Function]:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)


def line_starts(text: str) -> list[int]:
    """Character offset of each line's start, by Python's idea of a line."""
    return [0, *(m.end() for m in _NEWLINE.finditer(text))]


def parse(text: str, feature_version: tuple[int, int] | None = None) -> ast.Module:
    """`ast.parse` with every failure as Unreadable, and the analysed code's warnings kept quiet."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(text, feature_version=feature_version)
        except SyntaxError as error:
            where = f" at line {error.lineno}" if error.lineno else ""
            raise Unreadable(f"{error.msg}{where}{_newer_syntax(text)}") from None
        except (ValueError, RecursionError, MemoryError) as error:
            raise Unreadable(str(error) or type(error).__name__) from None


def _newer_syntax(text: str) -> str:
    import sys

    for pattern, version in _NEWER:
        if sys.version_info < tuple(map(int, version.split("."))) and pattern.search(text):
            return f" (seems to need Python {version} or newer)"
    return ""


class Source:
    """One file at the start of a step. Raises Unreadable when its text or tree cannot be had."""

    def __init__(self, path: str, data: bytes) -> None:
        self.path = path
        self.data = data

    # ---- text ------------------------------------------------------------------------------

    @cached_property
    def bom(self) -> bytes:
        return codecs.BOM_UTF8 if self.data.startswith(codecs.BOM_UTF8) else b""

    @cached_property
    def encoding(self) -> str:
        """By PEP 263: BOM, else the cookie in the first two lines, else UTF-8."""
        if self.path.endswith((".py", ".pyi")):
            head = _HEAD.match(self.data.removeprefix(self.bom))
            lines = re.split(rb"\r\n|\r|\n", head[0] if head else b"")[:2]
            try:
                return tokenize.detect_encoding(
                    iter([self.bom + lines[0] + b"\n", *lines[1:], b""]).__next__
                )[0]
            except SyntaxError as error:
                raise Unreadable(str(error.msg)) from None
        return "utf-8-sig" if self.bom else "utf-8"

    @cached_property
    def codec(self) -> str:
        return "utf-8" if self.encoding == "utf-8-sig" else self.encoding

    @cached_property
    def text(self) -> str:
        body = self.data.removeprefix(self.bom)
        try:
            text = body.decode(self.codec)
        except (UnicodeDecodeError, LookupError) as error:
            raise Unreadable(f"not {self.codec}: {error}") from None
        if not text.isascii() and text.encode(self.codec) != body:
            raise Unreadable(f"{self.codec} does not give the same bytes back")
        return text

    @cached_property
    def newline(self) -> str:
        """The file's first line ending; new lines use it."""
        match = _NEWLINE.search(self.text)
        return match[0] if match else "\n"

    @cached_property
    def line_starts(self) -> list[int]:
        """Character offset of each line's start."""
        return line_starts(self.text)

    @cached_property
    def indent(self) -> str:
        """One level of indentation, taken from the first indented line."""
        match = re.search(r"^([ \t]+)\S", self.text, re.M)
        return (
            "\t"
            if match and match[1].startswith("\t")
            else (match[1] if match and len(match[1]) <= 8 else "    ")
        )

    def line(self, number: int) -> str:
        """Line `number` (from 1) with its ending."""
        start = self.line_starts[number - 1]
        end = self.line_starts[number] if number < len(self.line_starts) else len(self.text)
        return self.text[start:end]

    def line_of(self, offset: int) -> int:
        """The number (from 1) of the line that holds a character offset."""
        return bisect.bisect_right(self.line_starts, offset)

    def width(self, start: int, end: int) -> int:
        """How many bytes of the original data the characters from `start` to `end` take."""
        return end - start if self.text.isascii() else len(self.text[start:end].encode(self.codec))

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
        """Each node's parent."""
        return {child: node for node in ast.walk(self.tree) for child in ast.iter_child_nodes(node)}

    def ancestors(self, node: ast.AST) -> Iterator[ast.AST]:
        """From the node's parent up to the module."""
        while (node := self.parents.get(node)) is not None:  # type: ignore[assignment]
            yield node

    def offset(self, line: int, column: int) -> int:
        """Character offset of an `ast` position, whose columns count UTF-8 bytes."""
        start = self.line_starts[line - 1]
        if self.text.isascii():
            return start + column
        return start + len(
            self.line(line)
            .encode("utf-8", "surrogatepass")[:column]
            .decode("utf-8", "surrogatepass")
        )

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
        match = re.compile(r"(?:async\b(?:\s|\\)+)?(?:def|class)\b(?:\s|\\)*").match(
            self.text, self.start(node)
        )
        assert match
        return match.end(), match.end() + len(node.name)

    def first_line(self, node: ast.AST) -> int:
        """The line a statement starts on, its decorators included."""
        decorators = getattr(node, "decorator_list", None)
        return min([node.lineno, *(d.lineno for d in decorators or ())])  # type: ignore[attr-defined,no-any-return]

    def qualname(self, node: ast.AST) -> str:
        """Dotted name of the definitions around and including a node; "" at module level."""
        chain = [node, *self.ancestors(node)]
        return ".".join(n.name for n in reversed(chain) if isinstance(n, Definition))

    def qualname_at(self, offset: int) -> str:
        """Dotted name of the innermost definition (decorators included) that holds an offset."""
        names: list[str] = []
        body: list[ast.AST] = [self.tree]
        line = self.line_of(offset)
        while body:
            node = body.pop()
            for child in ast.iter_child_nodes(node):
                first = self.first_line(child) if hasattr(child, "lineno") else None
                if first is None or first <= line <= (child.end_lineno or first):  # type: ignore[attr-defined]
                    if isinstance(child, Definition):
                        names.append(child.name)
                        body = [child]
                        break
                    body.append(child)
        return ".".join(names)

    # ---- comments --------------------------------------------------------------------------

    @cached_property
    def comments(self) -> dict[int, str]:
        """Comments by line number. Tokenising is slow; ask only where a comment can matter."""
        found: dict[int, str] = {}
        lines = [_NEWLINE.sub("\n", self.line(n)) for n in range(1, len(self.line_starts) + 1)]
        try:
            for token in tokenize.generate_tokens(io.StringIO("".join(lines)).readline):
                if token.type == tokenize.COMMENT:
                    found[token.start[0]] = token.string
        except (
            tokenize.TokenError,
            SyntaxError,
        ):  # what the tokenizer saw before it gave up counts
            pass
        return found

    # ---- edits -----------------------------------------------------------------------------

    def replace(self, node_or_span: ast.AST | tuple[int, int], new: str) -> Edit:
        """An edit that puts `new` in the place of a node or of a character span."""
        start, end = node_or_span if isinstance(node_or_span, tuple) else self.span(node_or_span)
        return Edit(self.path, start, end, new)

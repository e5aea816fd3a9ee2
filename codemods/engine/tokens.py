"""Where a few names stand in one file: every token with the scope that binds it.

`Tokens(names, {"db"})` walks only statements on whose lines one of the names stands.
"""

from __future__ import annotations

import ast
import io
import re
import sys
import tokenize
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from .names import Names
from .scopes import TYPES, Scope
from .source import Source


@dataclass(eq=False)
class Token:
    """One place where a name stands. `kind`: param, read, write, def, import, declare; `node` is its node."""

    name: str
    kind: str
    scope: Scope  # the scope it stands in
    node: ast.AST
    start: int  # character offset; -1 where it cannot be told
    target: Scope | None = None  # the scope that binds it; None when nothing in the file does
    debug: bool = False  # `f"{db=}"` prints the name

    @property
    def line(self) -> int:
        return getattr(self.node, "lineno", 1)


class Tokens:
    """The tokens of some names in one file."""

    def __init__(self, scopes: Names, names: Iterable[str]) -> None:
        self.file = scopes.file
        self.scopes = scopes
        self.names = frozenset(names)
        self.module = scopes.module
        self.tokens: list[Token] = []
        self.imports: list[ast.ImportFrom] = []  # at any depth, of statements with one of the names
        self.attributes: list[ast.Attribute] = []  # `x.db`
        self.words = self.file.word_lines(self.names)  # the lines on which one of the names stands
        formatted: list[ast.JoinedStr] = []
        for node in self.file.walk(self.file.tree, self.words):
            if isinstance(node, ast.JoinedStr):
                formatted.append(node)
            self._read(node)
        for node in reversed(formatted):  # the inner ones first
            self._formatted(node)
        for token in self.tokens:
            token.target = self.resolve(token.name, token.scope)

    def resolve(self, name: str, scope: Scope) -> Scope | None:
        """The scope that binds a name as seen from a scope."""
        found = scope.find(name)
        return found[0] if found else None

    def _read(self, node: ast.AST) -> None:
        """Keep the names that a node itself holds."""
        match node:
            case ast.Name(id=name) if name in self.names:
                self._add(name, "read" if isinstance(node.ctx, ast.Load) else "write", node, self.file.start(node))
            case ast.Attribute(attr=attr) if attr in self.names:
                self.attributes.append(node)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                if name in self.names:
                    self._add(name, "def", node, self.file.name_span(node)[0])
            case ast.arg(arg=name):
                self._add(name, "param", node, self.file.start(node))
            case ast.Import() | ast.ImportFrom():
                self._import(node)
            case ast.Global(names=names) | ast.Nonlocal(names=names):
                for name in names:
                    self._add(name, "declare", node, self._search(node, name))
            case ast.ExceptHandler(name=str(name), type=after) | ast.MatchAs(name=str(name), pattern=after):
                self._add(name, "write", node, self._search(node, name, after))
            case ast.MatchStar(name=str(name)):
                self._add(name, "write", node, self._search(node, name))
            case ast.MatchMapping(rest=str(name), patterns=patterns):
                self._add(name, "write", node, self._search(node, name, patterns[-1] if patterns else None))
            case _ if type(node).__name__ in TYPES:
                self._add(node.name, "write", node, self._search(node, node.name))  # type: ignore[attr-defined]

    def _import(self, node: ast.Import | ast.ImportFrom) -> None:
        if isinstance(node, ast.ImportFrom):
            self.imports.append(node)
        for alias in node.names:
            local = alias.asname or (alias.name if isinstance(node, ast.ImportFrom) else alias.name.partition(".")[0])
            if local in self.names:
                start, end = self.file.span(alias)
                self._add(local, "import", alias, end - len(local) if alias.asname else start)

    def _add(self, name: str, kind: str, node: ast.AST, start: int) -> None:
        if name not in self.names:
            return
        if start >= 0 and self.file.text[start : start + len(name)] != name:
            start = -1
        self.tokens.append(Token(name, kind, self._scope(node), node, start))

    def _scope(self, node: ast.AST) -> Scope:
        """The scope that a name stands in."""
        above = self.file.ancestors(node)
        if isinstance(node, ast.arg):
            return self.scopes.of(next(n for n in above if not isinstance(n, ast.arguments)))
        scope = self.scopes.scope(node)
        parent = next(above, None) if scope.is_comprehension else None
        if isinstance(parent, ast.NamedExpr) and parent.target is node:
            return next(s for s in scope.ancestors() if not s.is_comprehension)
        return scope

    def _search(self, node: ast.AST, name: str, after: ast.AST | None = None) -> int:
        """The name's place in a statement or pattern that `ast` gives no position for."""
        start = self.file.end(after) if after is not None else self.file.start(node)
        end = self.file.start(node.body[0]) if isinstance(node, ast.ExceptHandler) else self.file.end(node)
        found = re.compile(rf"(?<![\w.]){re.escape(name)}(?!\w)").search(self.file.text, start, end)
        return found.start() if found else -1

    # ---- f-strings -------------------------------------------------------------------------

    def _formatted(self, node: ast.JoinedStr) -> None:
        places = {id(token.node): token for token in self.tokens}
        for before, value in pairwise(node.values):
            text = str(before.value) if isinstance(before, ast.Constant) else ""
            for inner in ast.walk(value) if re.search(r"\w\s*=\s*$", text) else ():
                if token := places.get(id(inner)):
                    token.debug = re.search(rf"(?<!\w){re.escape(token.name)}(?!\w)[^{{}}]*=\s*$", text) is not None
        if sys.version_info < (3, 12):  # `ast` misplaces names in f-strings of several lines or parts
            self._place(node, [places[id(n)] for n in ast.walk(node) if id(n) in places])

    def _place(self, node: ast.JoinedStr, tokens: list[Token]) -> None:
        """Find the tokens in the text where `ast` may have misplaced them; -1 when that fails."""
        for name in {t.name for t in tokens}:
            mine = [t for t in tokens if t.name == name]
            places = formatted_names(self.file, node, name)
            if sorted(t.start for t in mine) != places:
                scopes = {id(t.scope) for t in mine}
                for token, place in zip(mine, places if len(places) == len(mine) else [-1] * len(mine), strict=True):
                    token.start = place if len(scopes) == 1 else -1


def formatted_names(file: Source, node: ast.JoinedStr, name: str) -> list[int]:
    """Offsets of a name in the replacement fields of an f-string (before Python 3.12's grammar)."""
    start, end = file.span(node)
    text = file.text[start:end]
    lines = [m.end() for m in re.finditer(r"\r\n|\r|\n", text)]
    places: list[int] = []
    pattern = re.compile(rf"(?<![\w.]){re.escape(name)}(?!\w)(?!\s*=(?!=))")
    normal = re.sub(r"\r\n|\r", "\n", text)
    shifts = [0, *lines]
    try:
        found = list(tokenize.generate_tokens(io.StringIO(f"({normal})").readline))
    except (tokenize.TokenError, SyntaxError):
        return []
    for token in found:
        prefix = re.match(r"[A-Za-z]*", token.string)
        if token.type != tokenize.STRING or prefix is None or "f" not in prefix[0].lower():
            continue
        line, column = token.start
        base = shifts[line - 1] + column - (1 if line == 1 else 0)
        raw = text[base : base + len(token.string) + token.string.count("\n")]
        quote = 3 if raw[prefix.end() : prefix.end() + 3] in ('"""', "'''") else 1
        for a, b in _fields(raw, prefix.end() + quote, len(raw)):
            places += [start + base + m.start() for m in pattern.finditer(raw, a, b)]
    return sorted(set(places))


def _fields(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The spans of the replacement fields in one f-string literal, strings inside them left out."""
    depth = 0
    i = begin = start
    while i < end:
        char = text[i]
        if depth == 0 and text[i : i + 2] in ("{{", "}}"):
            i += 1
        elif char == "{":
            depth += 1
            begin = i + 1 if depth == 1 else begin
        elif char == "}" and depth:
            depth -= 1
            if depth == 0:
                yield begin, i
        elif depth and char in "'\"":
            if begin < i:
                yield begin, i
            close = text.find(char, i + 1)
            i = close if close > 0 else end
            begin = i + 1
        i += 1

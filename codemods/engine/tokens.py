"""Where a few names stand in one file: every token with the scope that binds it.

`Tokens(names, {"db"})` walks only statements on whose lines one of the names stands.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from .grouping import grouped
from .names import Names
from .parsing import whole_words
from .scopes import TYPES, Scope

_NAMELESS = frozenset({  # most nodes
    ast.Call, ast.Expr, ast.Assign, ast.Return, ast.If, ast.Tuple, ast.List, ast.Dict, ast.Compare, ast.BinOp, ast.BoolOp,
    ast.Subscript, ast.arguments, ast.FormattedValue, ast.UnaryOp,
})  # fmt: skip


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
    """The tokens of some names in one file. With `early`, what a class reads above all that binds it there is the module's."""

    def __init__(self, scopes: Names, names: Iterable[str], early: bool = False) -> None:
        self.file = scopes.file
        self.scopes = scopes
        self.names = frozenset(names)
        self.module = scopes.module
        self.tokens: list[Token] = []
        self.imports: list[ast.ImportFrom] = []  # at any depth, of statements with one of the names
        self.attributes: list[ast.Attribute] = []  # `x.db`
        self.aliases: list[
            tuple[ast.Import | ast.ImportFrom, ast.alias]
        ] = []  # `from m import db as x`, `import db.x`
        self.keywords: list[ast.keyword] = []  # `f(db=…)`
        self.patterns: list[ast.MatchClass] = []  # `case C(db=…)`
        self.texts: list[ast.Constant] = []  # strings that hold one of the names as a word
        self.words = self.file.word_lines(self.names)  # the lines on which one of the names stands
        self._word = whole_words(self.names)
        formatted: list[ast.JoinedStr] = []
        for node in self.file.walk(self.file.tree, self.words):
            if isinstance(node, ast.JoinedStr):
                formatted.append(node)
            self._read(node)
        places = {id(token.node): token for token in self.tokens} if formatted else {}
        for node in reversed(formatted):  # the inner ones first
            self._formatted(node, places)
        for token in self.tokens:
            token.target = self.resolve(token.name, token.scope)
            if early and self.scopes.is_early(token.node, token.scope):
                token.target = self.module if self.module.names.get(token.name) else None

    def resolve(self, name: str, scope: Scope) -> Scope | None:
        """The scope that binds a name as seen from a scope."""
        found = scope.find(name)
        return found[0] if found else None

    def _read(self, node: ast.AST) -> None:
        """Keep the names that a node itself holds."""
        if type(node) in _NAMELESS:
            return
        match node:
            case ast.Name(id=name) if name in self.names:
                self._add(name, "read" if isinstance(node.ctx, ast.Load) else "write", node, self.file.start(node))
            case ast.Attribute(attr=attr) if attr in self.names:
                self.attributes.append(node)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                if name in self.names:
                    self._add(name, "def", node, self.file.name_span(node)[0])
            case ast.Constant(value=str(text)) if self._word.search(text):
                self.texts.append(node)
            case ast.keyword(arg=str(name)) if name in self.names:
                self.keywords.append(node)
            case ast.MatchClass(kwd_attrs=attributes) if not self.names.isdisjoint(attributes):
                self.patterns.append(node)
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
            if not self.names.isdisjoint(alias.name.split(".")):
                self.aliases.append((node, alias))
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

    def _formatted(self, node: ast.JoinedStr, places: Mapping[int, Token]) -> None:
        for before, value in pairwise(node.values):
            text = str(before.value) if isinstance(before, ast.Constant) else ""
            for inner in ast.walk(value) if re.search(r"\w\s*=\s*$", text) else ():
                if token := places.get(id(inner)):
                    token.debug = re.search(rf"(?<!\w){re.escape(token.name)}(?!\w)[^{{}}]*=\s*$", text) is not None
        if sys.version_info < (3, 12):  # `ast` misplaces names in f-strings of several lines or parts
            self._place(node, [places[id(n)] for n in in_order(node) if id(n) in places])

    def _place(self, node: ast.JoinedStr, tokens: list[Token]) -> None:
        """Find the tokens in the text where `ast` may have misplaced them; -1 when that fails."""
        start, end = self.file.span(node)
        text = self.file.text[start:end]
        plain = text.isascii() and not any(isinstance(n, ast.JoinedStr) for n in self.file.ancestors(node))
        for name, mine in grouped((t.name, t) for t in tokens).items():
            found = [start + m.start() for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)]
            if not plain or len(found) != len(mine):  # other text holds the word, too, or this is no place of it
                from .regions import named_in  # LibCST: not for a run that finds nothing

                found = named_in(self.file, node).get(name, [])
            if sorted(t.start for t in mine) != found:
                sure = len(found) == len(mine) and len({id(t.scope) for t in mine}) == 1
                for token, place in zip(mine, found if sure else [-1] * len(mine), strict=True):
                    token.start = place


def in_order(node: ast.JoinedStr) -> Iterator[ast.expr]:
    """The expressions in an f-string, by where each ends: of one field at least that much is right in Python 3.11."""
    for value in node.values:
        if isinstance(value, ast.FormattedValue):
            found = [n for n in ast.walk(value.value) if isinstance(n, ast.expr)]
            yield from sorted(found, key=lambda n: (n.end_lineno or 0, n.end_col_offset or 0))
            if isinstance(value.format_spec, ast.JoinedStr):
                yield from in_order(value.format_spec)

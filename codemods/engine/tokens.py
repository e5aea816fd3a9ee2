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

from .arguments import arguments
from .bindings import Comprehension
from .names import Names
from .scopes import Scope
from .source import Definition, Function, Source, any_between


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
        self.words = self.file.word_lines(self.names)
        for statement in self.file.tree.body:
            self._visit(statement, self.module)
        for token in self.tokens:
            token.target = self.resolve(token.name, token.scope)

    def holds_word(self, node: ast.AST) -> bool:
        """Whether one of the names stands on the node's lines."""
        first, last = self.file.first_line(node), node.end_lineno  # type: ignore[attr-defined]
        return any_between(self.words, first, last)

    def walk(self, node: ast.AST) -> Iterator[ast.AST]:
        """Like `ast.walk`, but without the statements on whose lines none of the names stands."""
        stack = [node]
        while stack:
            node = stack.pop()
            yield node
            for child in ast.iter_child_nodes(node):
                if not isinstance(child, ast.stmt) or self.holds_word(child):
                    stack.append(child)

    def resolve(self, name: str, scope: Scope) -> Scope | None:
        """The scope that binds a name as seen from a scope."""
        found = scope.find(name)
        return found[0] if found else None

    # ---- walking ---------------------------------------------------------------------------

    def _visit(self, node: ast.AST, scope: Scope) -> None:
        if isinstance(node, ast.stmt) and not self.holds_word(node):
            return
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                self._definition(node, scope)
                return
            case ast.Lambda():
                inner = self.scopes.of(node, scope)
                self._arguments(node, scope, scope, inner)
                self._visit(node.body, inner)
                return
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                self._comprehension(node, scope)
                return
            case ast.JoinedStr():
                self._formatted(node, scope)
                return
            case ast.NamedExpr(target=target, value=value):
                home = next(s for s in scope.ancestors() if not s.is_comprehension)
                self._name(target, home)
                self._visit(value, scope)
                return
            case ast.Name():
                self._name(node, scope)
                return
            case ast.Constant():
                return
            case ast.Attribute(attr=attr):
                if attr in self.names:
                    self.attributes.append(node)
            case ast.Import() | ast.ImportFrom():
                self._import(node, scope)
            case ast.Global(names=names) | ast.Nonlocal(names=names):
                for name in names:
                    self._add(name, "declare", scope, node, self._search(node, name))
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                after = node.type if isinstance(node, ast.ExceptHandler) else getattr(node, "pattern", None)
                self._add(name, "write", scope, node, self._search(node, name, after))
            case ast.MatchMapping(rest=str(name)):
                self._add(
                    name, "write", scope, node, self._search(node, name, node.patterns[-1] if node.patterns else None)
                )
        for child in ast.iter_child_nodes(node):
            self._visit(child, scope)

    def _definition(self, node: Definition, scope: Scope) -> None:
        if node.name in self.names:
            self._add(node.name, "def", scope, node, self.file.name_span(node)[0])
        for decorator in node.decorator_list:
            self._visit(decorator, scope)
        around = self.scopes.types(node, scope)
        for parameter in getattr(node, "type_params", ()):
            self._add(parameter.name, "write", around, parameter, self._search(parameter, parameter.name))
            self._visit(parameter, around)
        inner = self.scopes.of(node, around)
        if isinstance(node, ast.ClassDef):
            for base in [*node.bases, *(k.value for k in node.keywords)]:
                self._visit(base, around)
        else:
            self._arguments(node, scope, around, inner)
            if node.returns is not None:
                self._visit(node.returns, around)
        for statement in node.body:
            self._visit(statement, inner)

    def _arguments(self, node: Function | ast.Lambda, scope: Scope, around: Scope, inner: Scope) -> None:
        for default in [*node.args.defaults, *filter(None, node.args.kw_defaults)]:
            self._visit(default, scope)
        for arg in arguments(node.args):
            if arg.arg in self.names:
                self._add(arg.arg, "param", inner, arg, self.file.start(arg))
            if arg.annotation is not None:
                self._visit(arg.annotation, around)

    def _comprehension(self, node: Comprehension, scope: Scope) -> None:
        inner = self.scopes.of(node, scope)
        for number, generator in enumerate(node.generators):
            self._visit(generator.iter, inner if number else scope)
            self._visit(generator.target, inner)
            for condition in generator.ifs:
                self._visit(condition, inner)
        for name in ("elt", "key", "value"):
            if (part := getattr(node, name, None)) is not None:
                self._visit(part, inner)

    def _name(self, node: ast.Name, scope: Scope) -> None:
        if node.id in self.names:
            kind = "read" if isinstance(node.ctx, ast.Load) else "write"
            self._add(node.id, kind, scope, node, self.file.start(node))

    def _import(self, node: ast.Import | ast.ImportFrom, scope: Scope) -> None:
        if isinstance(node, ast.ImportFrom):
            self.imports.append(node)
        for alias in node.names:
            local = alias.asname or (alias.name if isinstance(node, ast.ImportFrom) else alias.name.partition(".")[0])
            if local in self.names:
                start, end = self.file.span(alias)
                self._add(local, "import", scope, alias, end - len(local) if alias.asname else start)

    def _add(self, name: str, kind: str, scope: Scope, node: ast.AST, start: int) -> None:
        if name not in self.names:
            return
        if start >= 0 and self.file.text[start : start + len(name)] != name:
            start = -1
        self.tokens.append(Token(name, kind, scope, node, start))

    def _search(self, node: ast.AST, name: str, after: ast.AST | None = None) -> int:
        """The name's place in a statement or pattern that `ast` gives no position for."""
        start = self.file.end(after) if after is not None else self.file.start(node)
        end = self.file.start(node.body[0]) if isinstance(node, ast.ExceptHandler) else self.file.end(node)
        found = re.compile(rf"(?<![\w.]){re.escape(name)}(?!\w)").search(self.file.text, start, end)
        return found.start() if found else -1

    # ---- f-strings -------------------------------------------------------------------------

    def _formatted(self, node: ast.JoinedStr, scope: Scope) -> None:
        first = len(self.tokens)
        before: ast.AST | None = None
        for value in node.values:
            known = len(self.tokens)
            self._visit(value, scope)
            if isinstance(before, ast.Constant) and re.search(r"\w\s*=\s*$", str(before.value)):
                for token in self.tokens[known:]:
                    name = re.escape(token.name)
                    token.debug = re.search(rf"(?<!\w){name}(?!\w)[^{{}}]*=\s*$", str(before.value)) is not None
            before = value
        if sys.version_info < (3, 12):  # `ast` misplaces names in f-strings of several lines or parts
            self._place(node, self.tokens[first:])

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

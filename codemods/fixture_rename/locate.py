"""What one file holds of the two names, as plain data: where they stand, and why they may not be touched.

Nothing is decided here: which of these places mean the fixture that is renamed is known only when
all files have been read (`plan.py`).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile

from ..engine.names import Names
from ..engine.scopes import Scope
from ..engine.source import Source, is_function
from ..engine.tokens import Token, Tokens
from ..facts.modules import of_tests
from ..facts.suite.scan import scan
from ..facts.suite.tests import TestFile
from .asked_names import WORTH
from .definitions import find_definitions
from .hooks import find_asks
from .prose import find_docs
from .texts import find_texts
from .values import Bound, Edits, File, Note, Options, Site, SiteKind, quotes, says

_INTROSPECT = re.compile(r"\b(locals|vars|eval|exec)\s*\(")
_ASSERTS = re.compile(r"^[ \t]+assert\b", re.M)
_QUIET = re.compile(r"(pytest\.mark|unittest|mock|functools|typing|abc|contextlib|builtins|hypothesis)\b")


def locate(file: Source, options: Options) -> File | None:
    """The facts of one Python file; None for product code that cannot matter. Raises Unreadable."""
    old, new = options.old, options.new
    found = File(holds=_holding(file, old))
    if not _matters(file, old, new):
        return _plain(file, old, new, found)
    names = file.once(Names)
    found.tests = scan(file, names, options.fixture_decorator)
    tokens = Tokens(names, (old, new))
    finder = _Finder(file, found.tests, tokens, options)
    found.bounds = finder.bounds()
    asking = find_texts(file, names, tokens, old, new, found)
    found.sites = [*finder.requests(asking), *finder.imports(names), *found.sites]
    found.definitions = find_definitions(file, names, found.tests, (old, new))
    found.docs = find_docs(file, old, new) if options.docs else ()
    return found


def _matters(file: Source, old: str, new: str) -> bool:
    """Product code that merely has a variable of that name is left out before it is parsed."""
    text = file.text
    if of_tests(file.path) or "fixture" in text or "pytest" in text or "def test" in text:
        return True
    if WORTH.search(text) and quotes(file, old):  # it may ask for the names of a test's fixtures
        return True
    if _ASSERTS.search(text) and any(not indent for indent, _ in _taking(file, old)):  # tests may be called anything
        return True
    imports = rf"\bimport\b(?:[^\n]*|\s*\([^)]*)(?:\*|(?<!\w)(?:{re.escape(old)}|{re.escape(new)})(?!\w))"
    return re.search(imports, text) is not None


def _taking(file: Source, old: str) -> list[tuple[str, str]]:
    """The indents and names of the functions that have a parameter OLD."""
    parameters = rf"\((?:[^()]|\([^()]*\))*?(?<![\w.]){re.escape(old)}(?!\w)"
    return re.findall(rf"(?m)^([ \t]*)(?:async\s+)?def\s+(\w+)\s*{parameters}", file.text)


def _plain(file: Source, old: str, new: str, found: File) -> File | None:
    """What other code has that a hook may hand names of fixtures to, or compare them with, or that a lazy fixture calls."""
    found.takes = tuple(name for _, name in _taking(file, old))
    if quotes(file, old):
        find_asks(file, file.once(Names), old, new, found)
    return found if found.takes or found.holds or found.asking or found.elsewhere else None


def _holding(file: Source, old: str) -> tuple[str, ...]:
    """The constants and classes of a module with the text OLD in them: another module may compare them with names."""
    found: list[str] = []
    for node in file.tree.body if quotes(file, old) else ():
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", node)]
        named = [getattr(t, "id", getattr(t, "name", "")) for t in targets if isinstance(t, ast.Name | ast.ClassDef)]
        found += named if named and says(node, old) else []
    return tuple(found)


class _Finder:
    def __init__(self, file: Source, tests: TestFile, tokens: Tokens, options: Options) -> None:
        self.file, self.tokens, self.options = file, tokens, options
        self.old, self.new = options.old, options.new
        self.olds = [t for t in tokens.tokens if t.name == self.old]
        self.news = [t for t in tokens.tokens if t.name == self.new]
        self.fixture_lines = {t.line for t in tests.tests if t.fixture} | {alias.line for alias in tests.aliases}
        self.decorated = {t.line for t in tests.tests if any(map(_is_unknown, t.decorators))}

    # ---- requests --------------------------------------------------------------------------

    def requests(self, asking: Mapping[ast.AST, str]) -> Iterator[Site]:
        """Each function of a module or class that takes OLD, with all that its parameter means, and each lambda that is
        asked for a fixture by its own, with what it is part of."""
        for token in self.olds:
            function = token.scope.node
            top = is_function(function) and self._top(token.scope) is token.scope
            if token.kind == "param" and (top or function in asking):
                tokens = [t for t in self.olds if t.target is token.scope]
                hazards, extra = self._conflicts(token.scope, tokens)
                kind: SiteKind = "param" if top else "text"
                owner = f"f{function.lineno}" if top else asking[function]  # type: ignore[attr-defined]
                yield Site(kind, owner, token.line, self._edits(tokens) + extra, tuple(hazards))

    def _conflicts(self, scope: Scope, tokens: list[Token]) -> tuple[list[Note], Edits]:
        """Why the variable OLD of a function cannot be called NEW, and edits that get a local out of the way."""
        found: list[Note] = self._untold(tokens)
        locals_: list[Token] = []
        for token in self.news:
            if scope not in token.scope.ancestors():
                continue
            line = self.file.line_of(token.start) if token.start >= 0 else scope.node.lineno  # type: ignore[attr-defined]
            if token.target is scope:
                if token.kind == "param":
                    found.append((line, "F11-both", f"the function takes {self.old} and {self.new}"))
                locals_.append(token)
            elif token.target is None or token.target not in _below(scope, token.scope):
                found.append((line, "F12-local-name", f"{self.new} means something else here"))
            elif any(token.target in t.scope.ancestors() for t in tokens):
                found.append((line, "F12-local-name", f"{self.new} is bound in a function that also uses {self.old}"))
        if locals_ and not any(code == "F11-both" for _, code, _ in found):
            spare = f"{self.new}_1"
            movable = all(t.start >= 0 and t.kind in ("read", "write") for t in locals_)
            if self.options.rename_locals and movable and not re.search(rf"\b{re.escape(spare)}\b", self.file.text):
                return found, tuple((t.start, t.start + len(self.new), spare) for t in locals_)
            line = self.file.line_of(max(locals_[0].start, 0))
            found.append((line, "F12-local-name", f"the function has a local variable {self.new}"))
        return found, ()

    def _untold(self, tokens: Iterable[Token]) -> list[Note]:
        """Uses that no edit can follow: names printed, looked up as text, or misplaced by the parser."""
        found: list[Note] = []
        for token in tokens:
            if token.debug:
                found.append((token.line, "F21-introspect", f"an f-string prints the name {self.old}"))
            elif token.start < 0:
                found.append((token.line, "F21-introspect", f"{self.old} stands where its place cannot be told"))
            if token.kind == "param" and is_function(token.scope.node):
                found += self._introspection(token.scope.node)
        return found

    def _introspection(self, function: ast.AST) -> Iterator[Note]:
        start, end = self.file.span(function)
        evaluated = re.compile(rf"""["'][^"'\n]*(?<![\w.]){re.escape(self.old)}\.[\w.]+\(""")
        is_code = evaluated.search(self.file.text, start, end)
        looks = _INTROSPECT.search(self.file.text, start, end)
        for node in ast.walk(function) if is_code or looks else ():
            match node:
                case ast.Constant(value=str(text)) if is_code and self._is_code(text):
                    yield node.lineno, "F21-introspect", f"this text may be code that reads {self.old}"
                case (
                    ast.Call(func=ast.Name(id="eval" | "exec" as word))
                    | ast.Call(func=ast.Name(id="locals" | "vars" as word), args=[])
                ):
                    yield node.lineno, "F21-introspect", f"{word}() sees the name {self.old}"

    def _is_code(self, text: str) -> bool:
        """Whether a text is `OLD.method(…)`: a library may evaluate it where OLD is a local name."""
        try:
            node: ast.AST = ast.parse(text.strip(), mode="eval").body
        except (SyntaxError, ValueError):
            return False
        called = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        while isinstance(node, ast.Call | ast.Attribute):
            node = node.func if isinstance(node, ast.Call) else node.value
        return called and isinstance(node, ast.Name) and node.id == self.old

    # ---- the name in a module or class ----------------------------------------------------

    def bounds(self) -> dict[str, Bound]:
        homes = dict.fromkeys(t.target for t in self.olds if t.target is not None)
        return {self.file.qualname(scope.node): self._bound(scope) for scope in homes if _is_open(scope)}

    def _bound(self, scope: Scope) -> Bound:
        tokens = [t for t in self.olds if t.target is scope]
        hazards = self._untold(tokens)
        notes: list[Note] = []
        defined: list[int] = []
        calls: list[int] = []
        for token in tokens:
            line = token.line
            if token.scope is scope and token.kind in ("def", "import", "write"):
                defined.append(line)
                if not self._defines(token):
                    hazards.append((line, "F16-free-name", f"{self.old} is bound to something else as well"))
            elif token.kind in ("write", "def", "import"):  # global db; db = …
                hazards.append((line, "F16-free-name", f"{self.old} is rebound from inside a function"))
            elif token.kind == "read" and self._top(token.scope) is not None:
                notes.append((line, "F16-free-name", f"reads the fixture object {self.old} without requesting it"))
                if getattr(self.file.parents[token.node], "func", None) is token.node:
                    calls.append(line)
            if any(self.new in s.names for s in _below(scope, token.scope) if not s.is_class or s is token.scope):
                hazards.append((line, "F12-local-name", f"{self.new} is a local name where {self.old} is read"))
        where = "class" if scope.is_class else "module"
        for token in self.news:
            here = token.target is scope or (token.target is None and not scope.is_class)
            if here and not (token.kind == "def" and self._defines(token)):  # that is a collision, see Planner
                hazards.append((token.line, "F12-local-name", f"{self.new} means something else in this {where}"))
        hazards += self._shadows(scope)
        return Bound(
            min(defined, default=1), self._edits(tokens), tuple(dict.fromkeys(hazards)),
            tuple(notes), tuple(calls), tuple(defined), bool(notes),
        )  # fmt: skip

    def _defines(self, token: Token) -> bool:
        """Whether a binding may be the fixture: its definition, an import, an alias."""
        if token.kind == "def":
            return is_function(token.node) and token.line in self.fixture_lines | self.decorated
        return token.kind == "import" or self.file.line_of(token.start) in self.fixture_lines

    def _shadows(self, scope: Scope) -> Iterator[Note]:
        """`class K: db = db` reads the module's db although it stands in a function that has its own."""
        if not scope.is_class:
            written = {t.target for t in self.olds if t.kind == "write" and t.target and t.target.is_class}
            for token in self.olds:
                if token.kind == "read" and token.target in written and token.scope is token.target:
                    yield token.line, "F16-free-name", f"the class body reads the global {self.old}"

    # ---- imports, and uses of an undefined name --------------------------------------------

    def imports(self, names: Names) -> Iterator[Site]:
        """`from m import db as x`, the same inside a function, `m.db`, and a free `db` in a test."""
        for statement in self.tokens.imports:
            module = "." * statement.level + (statement.module or "")
            for alias in statement.names:
                if alias.name == self.old:
                    yield from self._import(module, alias)
        for node in self.tokens.attributes:
            dotted = names.dotted(node.value) if node.attr == self.old else ""
            end = self.file.end(node)
            start = end - len(self.old)
            if dotted and not dotted.startswith(":") and self.file.text[start:end] == self.old:
                yield Site("import", "l", node.lineno, ((start, end, self.new),), source=dotted)
        for token in self.olds:
            top = (
                self._top(token.scope) if token.target is None and token.kind == "read" and token.start >= 0 else None
            )
            if top is not None:
                same = self.tokens.resolve(self.new, token.scope) is top
                hazards = () if same else ((token.line, "F16-free-name", f"{self.new} is not the parameter here"),)
                yield Site("free", f"f{top.node.lineno}", token.line, self._edits([token]), hazards)  # type: ignore[attr-defined]

    def _import(self, module: str, alias: ast.alias) -> Iterator[Site]:
        start = self.file.start(alias)
        tokens = [t for t in self.olds if t.node is alias and not alias.asname]
        if tokens and tokens[0].scope is self.tokens.module:
            return  # binds the name in the module: part of its tokens
        inside = [t for t in self.olds if tokens and t.target is tokens[0].scope]
        if any(t.kind == "param" for t in inside):  # `from m import db` over a parameter db
            inside = []
        hazards = self._conflicts(tokens[0].scope, inside)[0] if inside else []
        rest = [t for t in inside if t.node is not alias]
        edits = dict.fromkeys([(start, start + len(self.old), self.new), *self._edits(rest)])
        yield Site("import", "l", alias.lineno, tuple(edits), tuple(hazards), source=module)

    # ---- small things ----------------------------------------------------------------------

    def _top(self, scope: Scope) -> Scope | None:
        """The function of a module or class that a scope lies in."""
        functions = [s for s in scope.ancestors() if is_function(s.node)]
        around = functions[-1].parent if functions else None
        return functions[-1] if around and _is_open(around) else None

    def _edits(self, tokens: Iterable[Token]) -> Edits:
        found = []
        for token in tokens:
            if token.start >= 0:
                inside = token.kind == "import" and token.scope is not self.tokens.module
                start, end = token.start, token.start + len(self.old)
                local = inside and not getattr(
                    token.node, "asname", None
                )  # one that binds by `as` changes there alone
                found.append((end, end, f" as {self.new}") if local else (start, end, self.new))
        return tuple(dict.fromkeys(found))


def _is_unknown(decorator: str) -> bool:
    """Whether a decorator may be a project's own name for one that makes fixtures."""
    return decorator != "?" and not decorator.startswith(":") and not _QUIET.match(decorator.lstrip("."))


def _is_open(scope: Scope) -> bool:
    """Whether it is a module, or a class that lies in no function."""
    return all(s.is_class or s.parent is None for s in scope.ancestors())


def _below(scope: Scope, inner: Scope) -> list[Scope]:
    """The scopes from `inner` up to, but without, `scope`."""
    return [*takewhile(lambda each: each is not scope, inner.ancestors())]

"""What one file holds of the two names, as plain data: where they stand, and why they may not be touched.

Nothing is decided here: which of these places mean the fixture that is renamed is known only when
all files have been read (`plan.py`).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from ..engine.names import Names
from ..engine.scopes import Scope
from ..engine.source import Source, is_function
from ..engine.tokens import Token, Tokens
from ..facts.suite.scan import scan
from ..facts.suite.tests import TestFile
from .asked_names import WORTH
from .definitions import Definition, find_definitions
from .docs import find_docs
from .hooks import Asks, find_asks
from .texts import Edits, Note, Site, changed_ids, find_texts

_LOOKS_LIKE_TEST = re.compile(r"(^|/)(conftest\.py$|[^/]*(test|spec|check|fixture)[^/]*(/|$))")
_INTROSPECT = re.compile(r"\b(locals|vars|eval|exec)\s*\(")
_QUIET = re.compile(r"(pytest\.mark|unittest|mock|functools|typing|abc|contextlib|builtins|hypothesis)\b")


@dataclass(frozen=True, slots=True)
class Bound:
    """One binding of OLD in a module or class, with every token that means it."""

    line: int
    edits: Edits
    hazards: tuple[Note, ...] = ()  # NEW is taken here, or OLD means something else as well
    notes: tuple[Note, ...] = ()
    calls: tuple[int, ...] = ()  # lines of direct calls
    defined: tuple[int, ...] = ()  # lines of its definitions and imports
    free: tuple[str, ...] = ()  # functions (owners) that read it without requesting it


@dataclass(frozen=True, slots=True)
class File:
    """The facts of one file."""

    tests: TestFile | None = None  # None for what is not parsed, or no Python
    sites: tuple[Site, ...] = ()
    bounds: dict[str, Bound] = field(default_factory=dict)  # "" the module, a class, "@LINE" a `name=`
    loose: tuple[int, ...] = ()
    computed: tuple[tuple[int, str], ...] = ()
    handed: tuple[int, ...] = ()
    made: tuple[tuple[int, str], ...] = ()  # fixtures defined at run time
    hooks: tuple[Note, ...] = ()  # what compares names of fixtures and is not followed
    told: frozenset[str] = frozenset()  # see hooks.Asks
    asking: tuple[tuple[int, tuple[str, ...]], ...] = ()
    foreign: tuple[tuple[int, str], ...] = ()
    held: tuple[tuple[int, str], ...] = ()
    wraps: tuple[tuple[int, str], ...] = ()
    lent: tuple[tuple[int, str], ...] = ()  # functions of other modules that are asked for fixtures by parameter
    takes: tuple[str, ...] = ()  # functions of code that is not parsed, with a parameter OLD
    holds: tuple[str, ...] = ()  # constants and classes of the module with the text OLD in them
    definitions: dict[int, Definition] = field(default_factory=dict)  # by line
    docs: Edits = ()


def locate(
    file: Source, old: str, new: str, decorators: Iterable[str] = (), rename_locals: bool = False, docs: bool = False
) -> File | None:
    """The facts of one Python file; None for product code that cannot matter. Raises Unreadable."""
    if not _matters(file, old, new):
        return _plain(file, old, new)
    names = file.once(Names)
    tests = scan(file, names, decorators)
    tokens = Tokens(names, (old, new))
    texts = find_texts(file, names, tokens, old, new)
    finder = _Finder(file, tests, tokens, old, new, rename_locals)
    bounds = finder.bounds()
    if texts.exports and "" in bounds:
        bounds[""] = replace(bounds[""], edits=bounds[""].edits + texts.exports)
    for line, edits in texts.named.items():
        bounds[f"@{line}"] = Bound(
            line, edits, () if edits else ((line, "F14-dynamic", "the name is spelled in pieces"),)
        )
    for test in tests.providers.get(old, ()):
        key = f"@{test.line}" if test.fixture and test.fixture.explicit else test.owner
        if test.line in texts.objects and key in bounds:
            bounds[key] = replace(bounds[key], notes=(*bounds[key].notes, changed_ids(test.line, old, new)))
    return File(
        tests, (*finder.parameters(), *finder.lambdas(texts.lambdas), *finder.imports(names), *texts.sites), bounds, tuple(texts.loose),
        tuple(texts.computed), tuple(texts.handed), tuple(texts.definitions),
        tuple(texts.hooks.blocks), texts.hooks.told, tuple(texts.hooks.asking), tuple(texts.hooks.foreign),
        tuple(texts.hooks.held), tuple(texts.hooks.wraps), tuple(texts.lent), (), _holding(file, old),
        find_definitions(file, names, tests, (old, new)),
        find_docs(file, old, new) if docs else (),
    )  # fmt: skip


def _matters(file: Source, old: str, new: str) -> bool:
    """Product code that merely has a variable of that name is left out before it is parsed."""
    text = file.text
    if _LOOKS_LIKE_TEST.search(file.path) or "fixture" in text or "pytest" in text or "def test" in text:
        return True
    if WORTH.search(text) and _says(file, old):  # it may ask for the names of a test's fixtures
        return True
    imports = rf"\bimport\b(?:[^\n]*|\s*\([^)]*)(?:\*|(?<!\w)(?:{re.escape(old)}|{re.escape(new)})(?!\w))"
    return re.search(imports, text) is not None


def _plain(file: Source, old: str, new: str) -> File | None:
    """What other code has that a hook may hand names of fixtures to, or compare them with, or that a lazy fixture calls."""
    takes = re.findall(rf"\bdef\s+(\w+)\s*\((?:[^()]|\([^()]*\))*?(?<![\w.]){old}(?!\w)", file.text)
    holds, asks = _holding(file, old), Asks()
    if _says(file, old):
        asks = find_asks(file, file.once(Names), old, new)
    found = File(takes=tuple(takes), holds=holds, asking=tuple(asks.asking), wraps=tuple(asks.wraps))
    return found if takes or holds or asks.asking or asks.wraps else None


def _says(file: Source, old: str) -> bool:
    """Whether the file holds the text OLD."""
    return re.search(rf"(['\"]){re.escape(old)}\1", file.text) is not None


def _holding(file: Source, old: str) -> tuple[str, ...]:
    """The constants and classes of a module with the text OLD in them: another module may compare them with names."""
    if not _says(file, old):
        return ()
    found: list[str] = []
    for node in file.tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        named = [t.id for t in targets if isinstance(t, ast.Name)] + (
            [node.name] if isinstance(node, ast.ClassDef) else []
        )
        if named and any(isinstance(n, ast.Constant) and n.value == old for n in ast.walk(node)):
            found += named
    return tuple(found)


class _Finder:
    def __init__(
        self, file: Source, tests: TestFile, scopes: Tokens, old: str, new: str, rename_locals: bool
    ) -> None:
        self.file, self.scopes, self.old, self.new, self.rename_locals = file, scopes, old, new, rename_locals
        self.olds = [t for t in scopes.tokens if t.name == old]
        self.news = [t for t in scopes.tokens if t.name == new]
        self.fixture_lines = {t.line for t in tests.tests if t.fixture} | {alias.line for alias in tests.aliases}
        self.decorated = {t.line for t in tests.tests if any(map(_is_unknown, t.decorators))}

    # ---- requests --------------------------------------------------------------------------

    def parameters(self) -> Iterable[Site]:
        """Each function of a module or class that takes OLD, with all that its parameter means."""
        for token in self.olds:
            function = token.scope.node
            if token.kind == "param" and is_function(function) and self._top(token.scope) is token.scope:
                tokens = [t for t in self.olds if t.target is token.scope]
                hazards, extra = self._conflicts(token.scope, tokens)
                line: int = token.node.lineno  # type: ignore[attr-defined]
                yield Site("param", f"f{function.lineno}", line, self._edits(tokens) + extra, tuple(hazards))

    def lambdas(self, asking: Mapping[ast.Lambda, str]) -> Iterable[Site]:
        """The parameter of each lambda that is asked for a fixture by it, with all that it means."""
        for token in self.olds:
            node = token.scope.node
            if token.kind == "param" and isinstance(node, ast.Lambda) and node in asking:
                tokens = [t for t in self.olds if t.target is token.scope]
                hazards, extra = self._conflicts(token.scope, tokens)
                yield Site("text", asking[node], node.lineno, self._edits(tokens) + extra, tuple(hazards))

    def _conflicts(self, scope: Scope, tokens: list[Token]) -> tuple[list[Note], Edits]:
        """Why the variable OLD of a function cannot be called NEW, and edits that get a local out of the way."""
        found: list[Note] = self._untold(tokens)
        locals_: list[Token] = []
        for token in self.news:
            if scope not in token.scope.ancestors():
                continue
            line = self.file.line_of(max(token.start, 0)) if token.start >= 0 else scope.node.lineno  # type: ignore[attr-defined]
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
            if self.rename_locals and movable and not re.search(rf"\b{re.escape(spare)}\b", self.file.text):
                return found, tuple((t.start, t.start + len(self.new), spare) for t in locals_)
            line = self.file.line_of(max(locals_[0].start, 0))
            found.append((line, "F12-local-name", f"the function has a local variable {self.new}"))
        return found, ()

    def _untold(self, tokens: Iterable[Token]) -> list[Note]:
        """Uses that no edit can follow: names printed, looked up as text, or misplaced by the parser."""
        found: list[Note] = []
        for token in tokens:
            line = getattr(token.node, "lineno", 1)
            if token.debug:
                found.append((line, "F21-introspect", f"an f-string prints the name {self.old}"))
            elif token.start < 0:
                found.append((line, "F21-introspect", f"{self.old} stands where its place cannot be told"))
            function = token.scope.node
            if token.kind == "param" and is_function(function):
                found += self._introspection(function)
        return found

    def _introspection(self, function: ast.AST) -> list[Note]:
        start, end = self.file.span(function)
        evaluated = re.compile(rf"""["'][^"'\n]*(?<![\w.]){re.escape(self.old)}\.[\w.]+\(""")
        found = [
            (n.lineno, "F21-introspect", f"this text may be code that reads {self.old}")
            for n in (ast.walk(function) if evaluated.search(self.file.text, start, end) else ())
            if isinstance(n, ast.Constant) and isinstance(n.value, str) and self._is_code(n.value)
        ]
        if not _INTROSPECT.search(self.file.text, start, end):
            return found
        return found + [
            (n.lineno, "F21-introspect", f"{n.func.id}() sees the name {self.old}")
            for n in ast.walk(function)
            if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)
            and (n.func.id in ("eval", "exec") or (n.func.id in ("locals", "vars") and not n.args))
        ]  # fmt: skip

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
        found: dict[str, Bound] = {}
        homes = dict.fromkeys(t.target for t in self.olds if t.target is not None)
        for scope in homes:
            if scope is self.scopes.module or (
                scope.is_class and all(s.is_class or s is self.scopes.module for s in scope.ancestors())
            ):
                found[_qualname(scope)] = self._bound(scope)
        return found

    def _bound(self, scope: Scope) -> Bound:
        tokens = [t for t in self.olds if t.target is scope]
        hazards = self._untold(tokens)
        notes: list[Note] = []
        defined: list[int] = []
        calls: list[int] = []
        free: list[str] = []
        for token in tokens:
            line = getattr(token.node, "lineno", 1)
            if token.scope is scope and token.kind in ("def", "import", "write"):
                defined.append(line)
                if not self._defines(token):
                    hazards.append((line, "F16-free-name", f"{self.old} is bound to something else as well"))
            elif token.kind in ("write", "def", "import"):  # global db; db = …
                hazards.append((line, "F16-free-name", f"{self.old} is rebound from inside a function"))
            elif token.kind == "read" and (top := self._top(token.scope)) is not None:
                free.append(f"f{top.node.lineno}")  # type: ignore[attr-defined]
                notes.append((line, "F16-free-name", f"reads the fixture object {self.old} without requesting it"))
                if isinstance(self._parent(token.node), ast.Call) and self._parent(token.node).func is token.node:  # type: ignore[attr-defined]
                    calls.append(line)
            if any(self.new in s.names for s in _below(scope, token.scope) if not s.is_class or s is token.scope):
                hazards.append((line, "F12-local-name", f"{self.new} is a local name where {self.old} is read"))
        hazards += [
            (getattr(t.node, "lineno", 1), "F12-local-name", f"{self.new} means something else in this {'class' if scope.is_class else 'module'}")
            for t in self.news
            if (t.target is scope or (t.target is None and not scope.is_class))
            and not (t.kind == "def" and self._defines(t))  # that is a collision, see Planner
        ]  # fmt: skip
        hazards += self._shadows(scope)
        return Bound(
            min(defined, default=1),
            self._edits(tokens),
            tuple(dict.fromkeys(hazards)),
            tuple(notes),
            tuple(calls),
            tuple(defined),
            tuple(free),
        )

    def _defines(self, token: Token) -> bool:
        """Whether a binding may be the fixture: its definition, an import, an alias."""
        if token.kind == "def":
            node = token.node
            line: int = node.lineno  # type: ignore[attr-defined]
            return is_function(node) and (line in self.fixture_lines or line in self.decorated)
        return token.kind == "import" or self.file.line_of(token.start) in self.fixture_lines

    def _shadows(self, scope: Scope) -> list[Note]:
        """`class K: db = db` reads the module's db although it stands in a function that has its own."""
        inner = {
            t.target
            for t in self.olds
            if t.kind == "write" and t.target and t.target.is_class and t.target is not scope
        }
        return [
            (getattr(t.node, "lineno", 1), "F16-free-name", f"the class body reads the global {self.old}")
            for t in self.olds
            if t.kind == "read" and t.target in inner and t.scope is t.target and not scope.is_class
        ]  # fmt: skip

    # ---- imports, and uses of an undefined name --------------------------------------------

    def imports(self, names: Names) -> Iterable[Site]:
        """`from m import db as x`, the same inside a function, `m.db`, and a free `db` in a test."""
        for statement in self.scopes.imports:
            module = "." * statement.level + (statement.module or "")
            for alias in statement.names:
                if alias.name == self.old:
                    yield from self._import(module, alias)
        for node in self.scopes.attributes:
            dotted = names.dotted(node.value) if node.attr == self.old else ""
            end = self.file.end(node)
            if dotted and not dotted.startswith(":") and self.file.text[end - len(self.old) : end] == self.old:
                yield Site(
                    "import", "l", node.lineno, ((end - len(self.old), end, self.new),), source=(dotted, self.old)
                )
        undefined = [t for t in self.olds if t.target is None and t.kind == "read" and t.start >= 0]
        for token in undefined:
            if (top := self._top(token.scope)) is not None:
                line: int = token.node.lineno  # type: ignore[attr-defined]
                same = self.scopes.resolve(self.new, token.scope) is top
                hazards = () if same else ((line, "F16-free-name", f"{self.new} is not the parameter here"),)
                yield Site("free", f"f{top.node.lineno}", line, self._edits([token]), hazards)  # type: ignore[attr-defined]

    def _import(self, module: str, alias: ast.alias) -> Iterable[Site]:
        start = self.file.start(alias)
        tokens = [t for t in self.olds if t.node is alias and not alias.asname]
        if tokens and tokens[0].scope is self.scopes.module:
            return  # binds the name in the module: part of its tokens
        inside = [t for t in self.olds if tokens and t.target is tokens[0].scope]
        if any(t.kind == "param" for t in inside):  # `from m import db` over a parameter db
            inside = []
        hazards = self._conflicts(tokens[0].scope, inside)[0] if inside else []
        rest = [t for t in inside if t.node is not alias]
        edits = dict.fromkeys([(start, start + len(self.old), self.new), *self._edits(rest)])
        yield Site("import", "l", alias.lineno, tuple(edits), tuple(hazards), source=(module, self.old))

    # ---- small things ----------------------------------------------------------------------

    def _top(self, scope: Scope) -> Scope | None:
        """The function of a module or class that a scope lies in."""
        chain = [s for s in scope.ancestors() if is_function(s.node)]
        top = chain[-1] if chain else None
        return top if top and all(s.is_class or s is self.scopes.module for s in list(top.ancestors())[1:]) else None

    def _parent(self, node: ast.AST) -> ast.AST:
        return self.file.parents[node]

    def _edits(self, tokens: Iterable[Token]) -> Edits:
        found = []
        for token in tokens:
            if token.start >= 0:
                local = (
                    token.kind == "import"
                    and token.scope is not self.scopes.module
                    and not self._renames_import(token)
                )
                start, end = token.start, token.start + len(self.old)
                found.append((end, end, f" as {self.new}") if local else (start, end, self.new))
        return tuple(dict.fromkeys(found))

    def _renames_import(self, token: Token) -> bool:
        """Whether the local import binds by `as`: then only that name changes."""
        return bool(getattr(token.node, "asname", None))


def _is_unknown(decorator: str) -> bool:
    """Whether a decorator may be a project's own name for one that makes fixtures."""
    return decorator != "?" and not decorator.startswith(":") and not _QUIET.match(decorator.lstrip("."))


def _below(scope: Scope, inner: Scope) -> list[Scope]:
    """The scopes from `inner` up to, but without, `scope`."""
    found = []
    for each in inner.ancestors():
        if each is scope:
            break
        found.append(each)
    return found


def _qualname(scope: Scope) -> str:
    return ".".join(reversed([s.node.name for s in scope.ancestors() if isinstance(s.node, ast.ClassDef)]))

"""Find the strings that name a fixture: marks, `getfixturevalue`, `parametrize`, lazy fixtures, hooks."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..engine.names import Names, is_true, keywords, last_name
from ..engine.parsing import whole_words
from ..engine.source import Function as FunctionNode
from ..engine.source import Source, is_function, statements
from ..engine.tokens import Tokens
from ..facts.suite.requests import fixture_maker
from ..facts.suite.texts import literal_params, param_values, parametrized
from .hooks import find_asks
from .lazy import Lazy, LazyCalls
from .values import Bound, Edits, File, Notes, Site, SiteKind, changed_ids, is_text, says

_ASK = frozenset({"getfixturevalue", "getfuncargvalue", "getfixture"})
_LOOK_UP = frozenset({"getfixturedefs", "_getfixturedefs", "_get_active_fixturedef"})
_LITERAL = re.compile(r"[rRuUbB]{0,2}(\"{3}|'{3}|\"|')(.*)\1", re.S)
# Calls with an argument that names an attribute or a key of something, and keywords that name something else.
_NAMES_A_KEY = dict.fromkeys(("get", "pop", "setdefault"), 0) | dict.fromkeys(
    ("getattr", "hasattr", "object", "delitem", "setitem"), 1
)
_KEYWORDS = frozenset({"scope", "loop_scope", "reason", "match", "id"})
PARAM = "request.param"  # stands for a name that one of the fixture's params gives


def find_texts(file: Source, names: Names, tokens: Tokens, old: str, new: str, found: File) -> dict[ast.AST, str]:
    """Add every string of the file that may name the fixture. Gives the lambdas whose parameter asks for it, with
    their owners."""
    finder = _Finder(file, names, old, new, found)
    finder.hooks()
    asks = sorted([file.line_of(m.start()) for m in re.finditer("getf|usefixtures", file.text)] + finder.lazy.lines())
    for owner, statement in _owned(file.tree.body):
        if file.holds(statement, asks):  # of a name that is built
            finder.statement(list(ast.walk(statement)), owner)
        elif file.holds(statement, tokens.words):
            finder.statement(list(file.walk(statement, tokens.words)), owner)
    return finder.lambdas


def _owned(body: Sequence[ast.stmt]) -> Iterator[tuple[str, ast.AST]]:
    """The functions of a module and its classes, its other statements and the decorators of classes, with owners."""
    for node in statements(body):
        if is_function(node):
            yield f"f{node.lineno}", node
        elif isinstance(node, ast.ClassDef):
            yield from (("l", d) for d in node.decorator_list)
            yield from _owned(node.body)
        elif not isinstance(node, ast.If | ast.Try | ast.With | ast.For | ast.While | ast.Match):
            yield "l", node


class _Finder:
    def __init__(self, file: Source, names: Names, old: str, new: str, found: File) -> None:
        self.file, self.names, self.old, self.new, self.found = file, names, old, new, found
        self.lazy = LazyCalls(file, names)
        self.lambdas: dict[ast.AST, str] = {}
        self.fixtures = {t.line: t for t in found.tests.providers.get(old, ())} if found.tests else {}
        self.taken: set[ast.AST] = set()
        self.word = whole_words((old,))
        self.owner, self.line = "l", 0
        self.decorates = False  # the call at hand decorates a function
        self.asked: set[str] = set()  # what getfixturevalue gets, as text
        self.params: list[ast.Constant] | None = None  # of the fixture at hand, where all are plain to see

    def hooks(self) -> None:
        """What hooks, plugins and fixtures compare with the names of fixtures."""
        for text, unit in find_asks(self.file, self.names, self.old, self.new, self.found).items():
            inside = is_function(unit) and unit.lineno <= text.lineno <= (unit.end_lineno or 0)
            asks = is_function(unit) and (unit.decorator_list or unit.name.startswith("test"))  # a fixture, a test
            self.owner = f"f{unit.lineno}" if inside and asks else "l"  # type: ignore[attr-defined]
            self._text(text, "hook")

    def statement(self, nodes: list[ast.AST], owner: str) -> None:
        """Look through the nodes of one statement or decorator, the outermost first."""
        first = nodes[0]
        self.owner, self.line = owner, first.lineno  # type: ignore[attr-defined]
        self.asked = {
            ast.unparse(a) for n in nodes if isinstance(n, ast.Call) and last_name(n.func) in _ASK for a in n.args
        }
        self.params = self._params(first, nodes) if PARAM in self.asked and is_function(first) else None
        inside = first.body[0].lineno if is_function(first) else 0  # below the decorators
        body = first.lineno if is_function(first) else 0
        for node in nodes:
            match node:
                case ast.Call():
                    self.decorates = node.lineno < body
                    self._call(node)
                case ast.Compare(left=left, comparators=[right]):
                    self._compare(left, right)
                case ast.Subscript(slice=index) if is_text(index, self.old) and index not in self.taken:
                    self.taken.add(index)  # a key of something else
                    if isinstance(node.value, ast.Call) and self.names.dotted(node.value.func) == ":globals":
                        self._block(node, "the module's globals() are written to")
                case ast.Dict(keys=keys) if inside and node.lineno >= inside:  # others may be gone through for names
                    self.taken.update(k for k in keys if k is not None)
                case ast.Assign(targets=[ast.Name(id="__all__")]) | ast.AugAssign(target=ast.Name(id="__all__")):
                    self._exports(node.value)
        for node in nodes:
            if is_text(node, self.old) and node not in self.taken:
                self.found.loose.append(node.lineno)  # type: ignore[attr-defined]
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and "getfixture(" in node.value:
                self._doctest(node)

    # ---- what names a fixture --------------------------------------------------------------

    def _params(self, function: FunctionNode, nodes: list[ast.AST]) -> list[ast.Constant] | None:
        """The fixture's params where all are plain and OLD, if among them, serves as a name alone."""
        found = literal_params(self.names, function)
        olds = [c for c in found or () if is_text(c, self.old)]
        uses = [n for n in nodes if isinstance(n, ast.Attribute) and ast.unparse(n) == PARAM]
        asks = [a for n in nodes if isinstance(n, ast.Call) and last_name(n.func) in _ASK for a in n.args]
        if olds and not all(any(u is a for a in asks) for u in uses):
            return None
        for literal in olds:
            ids = (changed_ids(literal.lineno, self.old, self.new),)
            self._add("text", literal.lineno, *self._claim(literal), ids)
        return found

    def _call(self, node: ast.Call) -> None:
        name = last_name(node.func)
        given = keywords(node)
        receiver = node.func.value if isinstance(node.func, ast.Attribute) else None
        if name == "usefixtures":
            for arg in node.args:
                self._asked(arg, node.lineno, f"u{node.lineno}")
        elif name in _ASK and (node.args or "argname" in given):
            self._asked(node.args[0] if node.args else given["argname"], node.lineno)
        elif (lazy := self.lazy.read(node)) is not None:
            self._lazy(node, lazy)
        elif name == "parametrize" and receiver is not None:
            self._parametrize(node)
        elif name in _LOOK_UP:
            for arg in node.args:
                self._text(arg, "hook")
        elif receiver is not None and self.names.dotted(receiver) == ":__all__":
            self._exports(node)
        if is_text(given.get("name"), self.old) and (self.decorates or "fixture" in ast.unparse(node.func)):
            edits, _ = self._claim(given["name"])
            hazards = () if edits else ((self.line, "F14-dynamic", "the name is spelled in pieces"),)
            self.found.bounds.setdefault(f"@{self.line}", Bound(self.line, edits, hazards))
        test = self.fixtures.get(self.line)
        if test is not None and "params" in given and "ids" not in given and not self._all_plain(given["params"]):
            explicit = test.fixture is not None and test.fixture.explicit
            ids = (changed_ids(self.line, self.old, self.new),)
            self._bound(f"@{self.line}" if explicit else test.owner, notes=ids)
        if is_text(given.get("target_fixture"), self.old):
            self._claim(given["target_fixture"])
            self._block(node, "pytest-bdd's target_fixture makes it at run time")
        if node.args and isinstance(node.args[0], ast.Lambda) and fixture_maker(self.names, node.func) is not None:
            self.lambdas[node.args[0]] = self.owner
        self.taken.update(v for k, v in given.items() if k in _KEYWORDS and is_text(v, self.old))
        position = 1 if name == "setattr" and receiver is not None and len(node.args) > 2 else _NAMES_A_KEY.get(name)
        if position is not None and is_text(key := next(iter(node.args[position:]), node), self.old):
            self.taken.add(key)
        elif name in ("register", "setattr") and any(is_text(a, self.old) for a in node.args):
            self._block(node, f"{name}() may define it at run time")

    def _lazy(self, node: ast.Call, lazy: Lazy) -> None:
        for arg in lazy.texts:
            text = self.names.text(arg)
            if lazy.dotted and text is not None and text.startswith(f"{self.old}."):
                edits, hazards = self._claim(self.names.followed(arg))
                self._add("text", node.lineno, edits[:1], hazards)
            else:
                self._asked(arg, node.lineno)
        for function in self.lazy.functions(lazy, self.old):
            if isinstance(function, ast.Lambda):
                self.lambdas[function] = self.owner
            else:
                self._block(node, f"{function.name}() is handed over, and asks for {self.old!r} by its parameter")
        if lazy.function is not None and "." in (dotted := self.names.dotted(lazy.function)):
            self.found.elsewhere.append(("lent", node.lineno, dotted))

    def _asked(self, arg: ast.expr, line: int, owner: str = "") -> None:
        if self.params is not None and ast.unparse(arg) == PARAM:
            self.found.computed.append((line, PARAM))
        elif isinstance(arg, ast.JoinedStr | ast.BinOp):
            self.found.computed.append((line, self._pattern(arg)))
        elif self.names.text(arg) is None and not isinstance(arg, ast.Constant):
            self.found.computed.append((line, ""))
        else:
            self._text(self.names.followed(arg), owner=owner)

    def _pattern(self, node: ast.JoinedStr | ast.BinOp) -> str:
        """A regular expression for the texts that an f-string or a sum may give."""
        plus = isinstance(node, ast.JoinedStr) or isinstance(node.op, ast.Add)
        parts = node.values if isinstance(node, ast.JoinedStr) else [node.left, node.right]
        texts = [self.names.text(part) if plus else None for part in parts]
        return "".join(".*" if text is None else re.escape(text) for text in texts)

    def _compare(self, left: ast.expr, right: ast.expr) -> None:
        """A comparison with something else makes no name, but one with what getfixturevalue gets says what it may be."""
        for text, other in ((left, right), (right, left)):
            if is_text(text, self.old) and ast.unparse(other) not in self.asked:
                self.taken.add(text)

    def _parametrize(self, node: ast.Call) -> None:
        told = parametrized(node)
        argnames, values, indirect = told.get("argnames"), told.get("argvalues"), told.get("indirect")
        found = self.names.texts(argnames)
        if indirect is not None and values is not None and says(values, self.old):
            self.found.handed.append(node.lineno)
        if argnames is None or found is None or self.old not in found:
            if argnames is not None and found is None and says(argnames, self.old):
                self._block(node, "parametrize gets computed names")
            return
        nodes = [argnames, *([indirect] if indirect is not None else [])]
        literals = [c for n in nodes for c in ast.walk(self.names.followed(n)) if isinstance(c, ast.Constant)]
        naming = [c for c in literals if isinstance(c.value, str) and self.old in map(str.strip, c.value.split(","))]
        claimed = [self._claim(literal) for literal in naming]
        through = self.names.texts(indirect) if indirect is not None and not is_true(indirect) else None
        direct = not (is_true(indirect) or self.old in (through or ()))
        # objects without an id of their own are called after the argument: `[db0]`
        plain = values is None or "ids" in told or self._all_plain(values, found.index(self.old), len(found))
        ids = () if plain else (changed_ids(node.lineno, self.old, self.new),)
        mark = "mark" in ast.unparse(node.func).split(".")
        kind: SiteKind = "text" if not direct else "direct" if mark else "generated"
        edits = tuple(edit for found, _ in claimed for edit in found)
        hazards = tuple(hazard for _, found in claimed for hazard in found)
        self._add(kind, node.lineno, edits, hazards, ids, owner="" if mark else "l")

    def _all_plain(self, values: ast.expr, index: int = 0, count: int = 1) -> bool:
        return isinstance(values, ast.List | ast.Tuple) and all(self._plain(v, index, count) for v in values.elts)

    def _plain(self, value: ast.expr, index: int, count: int) -> bool:
        item = param_values(self.names, value, count > 1)
        if item is not value and "id" in keywords(value):  # type: ignore[arg-type]
            return True
        if count > 1 and isinstance(item, ast.Tuple | ast.List) and index < len(item.elts):
            item = item.elts[index]
        return isinstance(item.operand if isinstance(item, ast.UnaryOp) else item, ast.Constant)

    def _exports(self, node: ast.AST) -> None:
        """What is listed in `__all__`."""
        self._bound("", edits=tuple(e for n in ast.walk(node) if is_text(n, self.old) for e in self._claim(n)[0]))

    def _doctest(self, node: ast.Constant) -> None:
        start, end = self.file.span(node)
        pattern = re.compile(rf"getfixture\(\s*(['\"])({re.escape(self.old)})\1\s*\)")
        edits = tuple((m.start(2), m.end(2), self.new) for m in pattern.finditer(self.file.text, start, end))
        if edits:
            self._add("text", self.file.line_of(edits[0][0]), edits)

    # ---- what is found ---------------------------------------------------------------------

    def _block(self, node: ast.Call | ast.Subscript, reason: str) -> None:
        self.found.blocks.append((node.lineno, "F14-dynamic", reason))

    def _bound(self, key: str, edits: Edits = (), notes: Notes = ()) -> None:
        """Add to what is known of a binding."""
        if (bound := self.found.bounds.get(key)) is not None:
            self.found.bounds[key] = replace(bound, edits=bound.edits + edits, notes=bound.notes + notes)

    def _text(self, node: ast.AST, kind: SiteKind = "text", owner: str = "") -> None:
        if is_text(node, self.old) and node not in self.taken:
            self._add(kind, node.lineno, *self._claim(node), owner=owner)  # type: ignore[attr-defined]

    def _add(
        self, kind: SiteKind, line: int, edits: Edits, hazards: Notes = (), notes: Notes = (), owner: str = ""
    ) -> None:
        self.found.sites.append(Site(kind, owner or self.owner, line, edits, hazards, notes))

    def _claim(self, node: ast.AST) -> tuple[Edits, Notes]:
        """The name inside a plain string literal, or the hazard that it is spelled in another way."""
        literal = None if node in self.taken else _LITERAL.fullmatch(self.file.text, *self.file.span(node))
        self.taken.add(node)
        if literal is None or literal[2] != node.value:  # type: ignore[attr-defined]
            return (), ((node.lineno, "F14-dynamic", "the name is spelled with escapes or in several pieces"),)  # type: ignore[attr-defined]
        words = self.word.finditer(self.file.text, literal.start(2), literal.end(2))
        return tuple((m.start(), m.end(), self.new) for m in words), ()

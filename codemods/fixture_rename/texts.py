"""Find the strings that name a fixture: marks, `getfixturevalue`, `parametrize`, lazy fixtures, hooks."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from ..engine.names import Names, is_true, keywords
from ..engine.source import Function as FunctionNode
from ..engine.source import Source, is_function, statements
from ..engine.tokens import Tokens
from ..facts.suite.asked import literal_params
from ..facts.suite.requests import fixture_maker
from .hooks import Asks, find_asks
from .lazy import Lazy, LazyCalls

_ASK = frozenset({"getfixturevalue", "getfuncargvalue", "getfixture"})
_LOOK_UP = frozenset({"getfixturedefs", "_getfixturedefs", "_get_active_fixturedef"})
_LITERAL = re.compile(r"[rRuUbB]{0,2}(\"{3}|'{3}|\"|')(.*)\1", re.S)
_MODULE_WORDS = ("pytestmark",)
# Calls with an argument that names an attribute or a key of something, and keywords that name something else.
_NAMES_A_KEY = {
    "get": 0,
    "pop": 0,
    "setdefault": 0,
    "getattr": 1,
    "hasattr": 1,
    "object": 1,
    "delitem": 1,
    "setitem": 1,
}
_KEYWORDS = frozenset({"scope", "loop_scope", "reason", "match", "id"})
PARAM = "request.param"  # stands for a name that one of the fixture's params gives

SiteKind = Literal["param", "text", "direct", "generated", "hook", "import", "free"]
Edits = tuple[tuple[int, int, str], ...]
Note = tuple[int, str, str]  # line, code, reason


@dataclass(frozen=True, slots=True)
class Site:
    """One place where the name stands for a fixture, with the edits that rename it there.

    `owner` is "f12" (the test or fixture defined on line 12), "u8" (the usefixtures mark written on line 8),
    "cTestA" (another class mark), "m" (pytestmark), "ini", or "l" (anything else in the module). Hazards block
    the whole change, notes do not.
    """

    kind: SiteKind
    owner: str
    line: int
    edits: Edits
    hazards: tuple[Note, ...] = ()
    notes: tuple[Note, ...] = ()
    source: tuple[str, str] = ("", "")  # import: the module (or module and attribute) that it comes from


@dataclass
class Texts:
    """What `find_texts` gives for one file."""

    sites: list[Site] = field(default_factory=list)
    named: dict[int, Edits] = field(default_factory=dict)  # line of a definition → its `name=` string
    exports: Edits = ()  # __all__
    loose: list[int] = field(default_factory=list)  # lines with the string in an unknown role
    objects: list[int] = field(default_factory=list)  # lines of definitions with `params` that get ids from the name
    computed: list[tuple[int, str]] = field(default_factory=list)  # getfixturevalue(f"…"): line, regex
    handed: list[int] = field(default_factory=list)  # lines where an indirect parametrize hands it to a fixture
    definitions: list[tuple[int, str]] = field(default_factory=list)  # fixtures made at run time
    hooks: Asks = field(default_factory=Asks)
    lambdas: dict[ast.Lambda, str] = field(default_factory=dict)  # whose parameter asks for OLD → owner
    lent: list[tuple[int, str]] = field(
        default_factory=list
    )  # functions of other modules that are asked by parameter


def find_texts(file: Source, names: Names, tokens: Tokens, old: str, new: str) -> Texts:
    """Every string of the file that may name the fixture."""
    finder = _Finder(file, names, old, new)
    finder.hooks()
    asks = [file.line_of(m.start()) for m in re.finditer("getf|usefixtures", file.text)] + finder.lazy.lines()
    for owner, statement in owned(names.body):
        last = statement.end_lineno  # type: ignore[attr-defined]
        if any(file.first_line(statement) <= line <= last for line in asks):  # of a name that is built
            finder.statement(list(ast.walk(statement)), owner)
        elif tokens.holds_word(statement):
            finder.statement(list(tokens.walk(statement)), owner)
    return finder.found


def owned(body: list[ast.stmt], inside: str = "") -> Iterator[tuple[str, ast.AST]]:
    """The statements and decorators of a module or class, each with the owner of the marks in it."""
    for node in body:
        if is_function(node):
            yield f"f{node.lineno}", node
        elif isinstance(node, ast.ClassDef):
            name = f"{inside}.{node.name}" if inside else node.name
            yield from ((f"c{name}", d) for d in node.decorator_list)
            yield from owned(list(statements(node.body)), name)
        elif not isinstance(node, ast.If | ast.Try | ast.With | ast.For | ast.While | ast.Match):
            mark = isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign) and any(
                isinstance(t, ast.Name) and t.id in _MODULE_WORDS
                for t in (node.targets if isinstance(node, ast.Assign) else [node.target])
            )
            yield ((f"c{inside}" if inside else "m") if mark else "l"), node


def _called(node: ast.Call) -> str:
    """The last word of what is called."""
    return getattr(node.func, "attr", "") or getattr(node.func, "id", "")


def changed_ids(line: int, old: str, new: str) -> Note:
    reason = (
        f"test ids that hold {old!r} will hold {new!r}: deselect lists and recorded durations need the same change"
    )
    return line, "F18-testid", reason


class _Finder:
    def __init__(self, file: Source, names: Names, old: str, new: str) -> None:
        self.file, self.names, self.old, self.new = file, names, old, new
        self.found = Texts()
        self.lazy = LazyCalls(file, names)
        self.taken: set[ast.AST] = set()
        self.word = re.compile(rf"(?<!\w){re.escape(old)}(?!\w)")
        self.owner, self.line = "l", 0
        self.decorates = False  # the call at hand decorates a function
        self.asked: set[str] = set()  # what getfixturevalue gets, as text
        self.params: list[ast.Constant] | None = None  # of the fixture at hand, where all are plain to see

    def hooks(self) -> None:
        """What hooks, plugins and fixtures compare with the names of fixtures."""
        found = self.found.hooks = find_asks(self.file, self.names, self.old, self.new)
        for text, unit in found.texts.items():
            inside = is_function(unit) and unit.lineno <= text.lineno <= (unit.end_lineno or 0)
            asks = is_function(unit) and (unit.decorator_list or unit.name.startswith("test"))  # a fixture, a test
            self.owner = f"f{unit.lineno}" if inside and asks else "l"  # type: ignore[attr-defined]
            self._text(text, "hook")
        self.found.computed += [(line, "") for line in found.computed]
        self.owner = "l"

    def statement(self, nodes: list[ast.AST], owner: str) -> None:
        """Look through the nodes of one statement or decorator, the outermost first."""
        first = nodes[0]
        self.owner, self.line = owner, first.lineno  # type: ignore[attr-defined]
        self.asked = {ast.unparse(a) for n in nodes if isinstance(n, ast.Call) and _called(n) in _ASK for a in n.args}
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
                case ast.Subscript(slice=index) if self._is_old(index) and index not in self.taken:
                    self.taken.add(index)  # a key of something else
                    if isinstance(node.value, ast.Call) and self.names.dotted(node.value.func) == ":globals":
                        self.found.definitions.append((node.lineno, "the module's globals() are written to"))
                case ast.Dict(keys=keys) if inside and node.lineno >= inside:  # others may be gone through for names
                    self.taken.update(k for k in keys if k is not None and k not in self.taken)
                case ast.Assign() | ast.AugAssign() if self._assigns_all(node):
                    self.found.exports += tuple(
                        e for n in ast.walk(node.value) if self._is_old(n) for e in self._claim(n) or ()
                    )
        for node in nodes:
            if self._is_old(node) and node not in self.taken:
                self.found.loose.append(node.lineno)  # type: ignore[attr-defined]
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and "getfixture(" in node.value:
                self._doctest(node)

    # ---- what names a fixture --------------------------------------------------------------

    def _params(self, function: FunctionNode, nodes: list[ast.AST]) -> list[ast.Constant] | None:
        """The fixture's params where all are plain and OLD, if among them, serves as a name alone."""
        found = literal_params(self.names, function)
        olds = [c for c in found or () if self._is_old(c)]
        uses = [n for n in nodes if isinstance(n, ast.Attribute) and ast.unparse(n) == PARAM]
        asks = [a for n in nodes if isinstance(n, ast.Call) and _called(n) in _ASK for a in n.args]
        if olds and not all(any(u is a for a in asks) for u in uses):
            return None
        for literal in olds:
            edits = self._claim(literal)
            hazards = () if edits else (self._unclear(literal),)
            self._add(
                "text", literal.lineno, edits or (), hazards, (changed_ids(literal.lineno, self.old, self.new),)
            )
        return found

    def _call(self, node: ast.Call) -> None:
        name = _called(node)
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
            self._parametrize(node, given)
        elif name in _LOOK_UP:
            for arg in node.args:
                self._text(arg, "hook")
        elif receiver is not None and self.names.dotted(receiver) == ":__all__":
            self.found.exports += tuple(e for n in ast.walk(node) if self._is_old(n) for e in self._claim(n) or ())
        if self._is_old(given.get("name")) and (self.decorates or "fixture" in ast.unparse(node.func)):
            self.found.named.setdefault(self.line, self._claim(given["name"]) or ())
        if "params" in given and "ids" not in given and not self._all_plain(given["params"]):
            self.found.objects.append(self.line)
        if self._is_old(given.get("target_fixture")):
            self._claim(given["target_fixture"])
            self.found.definitions.append((node.lineno, "pytest-bdd's target_fixture makes it at run time"))
        if node.args and isinstance(node.args[0], ast.Lambda) and fixture_maker(self.names, node.func) is not None:
            self.found.lambdas[node.args[0]] = self.owner
        self.taken.update(v for k, v in given.items() if k in _KEYWORDS and self._is_old(v))
        position = 1 if name == "setattr" and receiver is not None and len(node.args) > 2 else _NAMES_A_KEY.get(name)
        if position is not None and self._is_old(key := next(iter(node.args[position:]), None)) and key is not None:
            self.taken.add(key)
        elif name in ("register", "setattr") and any(self._is_old(a) for a in node.args):
            self.found.definitions.append((node.lineno, f"{name}() may define it at run time"))

    def _lazy(self, node: ast.Call, lazy: Lazy) -> None:
        for arg in lazy.texts:
            text = self.names.text(arg)
            if lazy.dotted and text is not None and text.startswith(f"{self.old}."):
                literal = self.names.followed(arg)
                edits = self._claim(literal)
                self._add("text", node.lineno, (edits or ())[:1], () if edits else (self._unclear(literal),))
            else:
                self._asked(arg, node.lineno)
        for function in self.lazy.functions(lazy, self.old):
            if isinstance(function, ast.Lambda):
                self.found.lambdas[function] = self.owner
            else:
                reason = f"{function.name}() is handed over, and asks for {self.old!r} by its parameter"
                self.found.definitions.append((node.lineno, reason))
        if lazy.function is not None and "." in (dotted := self.names.dotted(lazy.function)):
            self.found.lent.append((node.lineno, dotted))

    def _asked(self, arg: ast.expr, line: int, owner: str = "") -> None:
        if isinstance(arg, ast.Constant):
            self._text(arg, owner=owner)
        elif self.params is not None and ast.unparse(arg) == PARAM:
            self.found.computed.append((line, PARAM))
        elif isinstance(arg, ast.JoinedStr):
            pattern = "".join(re.escape(str(v.value)) if isinstance(v, ast.Constant) else ".*" for v in arg.values)
            self.found.computed.append((line, pattern))
        elif isinstance(arg, ast.BinOp):
            sides = [self.names.text(arg.left), self.names.text(arg.right)]
            plus = isinstance(arg.op, ast.Add)
            self.found.computed.append(
                (line, "".join(".*" if s is None or not plus else re.escape(s) for s in sides))
            )
        elif (text := self.names.text(arg)) is None:
            self.found.computed.append((line, ""))
        elif text == self.old:
            self._text(self.names.followed(arg), owner=owner)

    def _compare(self, left: ast.expr, right: ast.expr) -> None:
        """A comparison with something else makes no name, but one with what getfixturevalue gets says what it may be."""
        for text, other in ((left, right), (right, left)):
            if self._is_old(text) and ast.unparse(other) not in self.asked:
                self.taken.add(text)

    def _parametrize(self, node: ast.Call, given: dict[str, ast.expr]) -> None:
        argnames = node.args[0] if node.args else given.get("argnames")
        found = self.names.texts(argnames)
        indirect = given.get("indirect", node.args[2] if len(node.args) > 2 else None)
        if indirect is not None and any(
            self._is_old(n) for a in (*node.args[1:2], given.get("argvalues")) if a for n in ast.walk(a)
        ):
            self.found.handed.append(node.lineno)
        if argnames is None or (found is not None and self.old not in found):
            return
        if found is None:
            if any(self._is_old(n) for n in ast.walk(argnames)):
                self.found.definitions.append((node.lineno, "parametrize gets computed names"))
            return
        nodes = [argnames, *([indirect] if indirect is not None else [])]
        literals = [c for n in nodes for c in ast.walk(self.names.followed(n)) if isinstance(c, ast.Constant)]
        edits: list[tuple[int, int, str]] = []
        hazards: list[Note] = []
        for literal in literals:
            if isinstance(literal.value, str) and self.old in [w.strip() for w in literal.value.split(",")]:
                claimed = self._claim(literal)
                edits += claimed or ()
                hazards += [] if claimed else [self._unclear(literal)]
        through = self.names.texts(indirect) if indirect is not None and not is_true(indirect) else None
        direct = not (is_true(indirect) or self.old in (through or ()))
        ids = self._ids(node, given, found) if self.owner[0] in "fcm" else ()
        mark = "mark" in ast.unparse(node.func).split(".")
        kind: SiteKind = "text" if not direct else "direct" if mark else "generated"
        self._add(kind, node.lineno, tuple(edits), tuple(hazards), ids, owner="" if mark else "l")

    def _ids(self, node: ast.Call, given: dict[str, ast.expr], names: list[str]) -> tuple[Note, ...]:
        """Objects without an id of their own are called after the argument: `[db0]`."""
        values = node.args[1] if len(node.args) > 1 else given.get("argvalues")
        if "ids" in given or len(node.args) > 3 or values is None:
            return ()
        if self._all_plain(values, names.index(self.old), len(names)):
            return ()
        return (changed_ids(node.lineno, self.old, self.new),)

    def _all_plain(self, values: ast.expr, index: int = 0, count: int = 1) -> bool:
        return isinstance(values, ast.List | ast.Tuple) and all(self._plain(v, index, count) for v in values.elts)

    def _plain(self, value: ast.expr, index: int, count: int) -> bool:
        if isinstance(value, ast.Call) and self.names.dotted(value.func) == "pytest.param":
            if any(k.arg == "id" for k in value.keywords):
                return True
            items: list[ast.expr] = value.args
        else:
            items = value.elts if count > 1 and isinstance(value, ast.Tuple | ast.List) else [value]
        item = items[index] if index < len(items) else value
        item = item.operand if isinstance(item, ast.UnaryOp) else item
        return isinstance(item, ast.Constant)

    def _assigns_all(self, node: ast.Assign | ast.AugAssign) -> bool:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return any(isinstance(t, ast.Name) and t.id == "__all__" for t in targets)

    def _doctest(self, node: ast.Constant) -> None:
        start, end = self.file.span(node)
        pattern = re.compile(rf"getfixture\(\s*(['\"])({re.escape(self.old)})\1\s*\)")
        edits = tuple((m.start(2), m.end(2), self.new) for m in pattern.finditer(self.file.text, start, end))
        if edits:
            self._add("text", self.file.line_of(edits[0][0]), edits)

    # ---- literals --------------------------------------------------------------------------

    def _is_old(self, node: ast.AST | None) -> bool:
        return isinstance(node, ast.Constant) and node.value == self.old

    def _text(self, node: ast.AST, kind: SiteKind = "text", owner: str = "") -> None:
        if self._is_old(node) and node not in self.taken:
            edits = self._claim(node)
            self._add(kind, node.lineno, edits or (), () if edits else (self._unclear(node),), owner=owner)  # type: ignore[attr-defined]

    def _add(
        self,
        kind: SiteKind,
        line: int,
        edits: Edits,
        hazards: tuple[Note, ...] = (),
        notes: tuple[Note, ...] = (),
        owner: str = "",
    ) -> None:
        self.found.sites.append(Site(kind, owner or self.owner, line, edits, hazards, notes))

    def _unclear(self, node: ast.AST) -> Note:
        return node.lineno, "F14-dynamic", "the name is spelled with escapes or in several pieces"  # type: ignore[attr-defined]

    def _claim(self, node: ast.AST) -> Edits | None:
        """The name inside a plain string literal; None where it is spelled in another way."""
        if node in self.taken:
            return ()
        self.taken.add(node)
        start, end = self.file.span(node)
        literal = _LITERAL.fullmatch(self.file.text, start, end)
        if literal is None or literal[2] != node.value:  # type: ignore[attr-defined]
            return None
        return tuple(
            (m.start(), m.end(), self.new)
            for m in self.word.finditer(self.file.text, literal.start(2), literal.end(2))
        )

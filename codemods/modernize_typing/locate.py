"""Find the type expressions of one file without walking all of it.

Words in the text say which lines can matter; only statements that hold such a line are looked into.
"""

from __future__ import annotations

import ast
import bisect
import functools
import re
from collections.abc import Iterator

from ..engine.arguments import arguments
from ..engine.bindings import Comprehension, ImportStatement, checking_branch, imported
from ..engine.names import last_name
from ..engine.scopes import Scope
from ..engine.source import Function, Source, any_between, statements
from .actions import Context, Region
from .importing import Item
from .names import CALLABLE_ALIASES, DEPRECATED, MODULES, SUCCESSORS, WORDS, whole_words
from .scan import quoted

_ALIASES = whole_words((*MODULES, *WORDS), r"[ \t]+as[ \t]+(\w+)")
# Calls that take a type first, known to treat X | Y as Union[X, Y] (T20)
_TYPE_CALLS = frozenset({"TypeAdapter", "parse_obj_as", "parse_raw_as"})
_TAKES_TYPES = frozenset({"cast", "TypeVar", "NewType", "isinstance", "issubclass", *_TYPE_CALLS})
_TYPE_KEYWORDS = frozenset({"response_model"})


@functools.lru_cache(maxsize=512)
def _pattern(aliases: frozenset[str]) -> re.Pattern[str]:
    return whole_words(("typing_extensions", *WORDS, *aliases))


def hit_lines(file: Source, quotes: bool) -> list[int]:
    """Line numbers that hold a deprecated name, under whatever alias; with `quotes`, also quoted annotations,
    which nothing evaluates here."""
    text = file.text
    aliases = frozenset(_ALIASES.findall(text)) if " as " in text else frozenset()
    starts = file.line_starts
    lines = {bisect.bisect_right(starts, m.start()) for m in _pattern(aliases).finditer(text)}
    if quotes:
        lines.update(bisect.bisect_right(starts, end) for end in quoted(text, file.path))
    return sorted(lines)


class TypeLocator:
    """Walks one file's statements once."""

    def __init__(self, context: Context, lines: list[int]) -> None:
        self.context = context
        self.file = context.file
        self.names = context.names
        self.lines = lines
        self.checking = False  # whether only type checkers see what is walked now
        self.imports: list[ImportStatement] = []
        self.items: list[Item] = []
        self.docs: list[ast.Constant] = []  # docstrings with a hit and without doctests

    def regions(self) -> Iterator[Region]:
        yield from self._body(self.file.tree.body, self.names.module)

    def elsewhere(self, names: set[str], regions: list[ast.expr]) -> set[str]:
        """Which names stand outside of types, imports, docstrings and comments: as something else, or in text."""
        file = self.file
        spans = sorted(map(file.span, [*regions, *self.docs, *self.imports]))
        starts = [start for start, _ in spans]
        pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(names)))})\b")
        found = set()
        for number in self.lines:
            line, start = file.line(number), file.line_starts[number - 1]
            for match in pattern.finditer(line):
                offset = start + match.start()
                index = bisect.bisect_right(starts, offset) - 1
                comment = "#" in line[: match.start()] and "type:" not in line
                if not comment and (index < 0 or spans[index][1] <= offset):
                    found.add(match[0])
        return found

    # ---- statements ------------------------------------------------------------------------------

    def _touches(self, node: ast.AST | None) -> bool:
        return node is not None and any_between(self.lines, node.lineno, node.end_lineno)  # type: ignore[attr-defined]

    def _body(self, body: list[ast.stmt], scope: Scope) -> Iterator[Region]:
        for statement in body:
            if self.file.holds(statement, self.lines):
                match statement:
                    case ast.Expr(value=ast.Constant(value=str() as text) as node) if statement is body[0]:
                        if ">>>" not in text:
                            self.docs.append(node)
                yield from self._statement(statement, scope)

    def _when(self, when: str) -> str:
        return "never" if self.context.stub or self.checking else when

    def _statement(self, statement: ast.stmt, scope: Scope) -> Iterator[Region]:
        match statement:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                yield from self._function(statement, scope)
            case ast.ClassDef():
                yield from self._class(statement, scope)
            case ast.AnnAssign():
                yield from self._annotated(statement, scope)
            case ast.Assign():
                yield from self._assign(statement, scope)
            case ast.Import() | ast.ImportFrom():
                self.imports.append(statement)
                for local, _, item in imported(statement):
                    if item.module in MODULES and item.name not in ("", "*"):
                        self.items.append(Item(local, item, statement, scope, self.checking))
            case ast.If(test=test, body=body, orelse=orelse):
                yield from self.values(test, statement, scope)
                seen, around = checking_branch(statement, self.names.checking), self.checking
                for name, block in (("body", body), ("orelse", orelse)):
                    self.checking = around or seen == name
                    yield from self._body(block, scope)
                self.checking = around
            case _ if type(statement).__name__ == "TypeAlias":
                yield from self._bounds(statement, scope)
                yield Region(statement.value, scope, self._when("lazy"), "alias", statement)  # type: ignore[attr-defined]
            case _:
                for part in _expressions(statement):
                    yield from self.values(part, statement, scope)
                for inner in _suites(statement):
                    yield from self._body([inner], scope)

    def _function(self, node: Function, scope: Scope) -> Iterator[Region]:
        for value in (*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)):
            yield from self.values(value, node, scope)
        outer = self.names.types(node, scope)
        yield from self._bounds(node, outer)
        when = self._when("lazy" if self.context.future else "eager")
        for annotation in (*(a.annotation for a in arguments(node.args)), node.returns):
            if annotation is not None and self._touches(annotation):
                yield Region(annotation, outer, when, "annotation", node, may_quote=True)
        yield from self._body(node.body, self.names.of(node, outer))

    def _bounds(self, node: ast.stmt, scope: Scope) -> Iterator[Region]:
        """`def f[T: List[int]]`: evaluated when someone asks."""
        for parameter in getattr(node, "type_params", ()):
            for name in ("bound", "default_value"):
                item: ast.expr | None = getattr(parameter, name, None)
                if item is not None and self._touches(item):
                    yield Region(item, scope, self._when("lazy"), "argument", node)

    def _class(self, node: ast.ClassDef, scope: Scope) -> Iterator[Region]:
        for value in (*node.decorator_list, *(k.value for k in node.keywords)):
            yield from self.values(value, node, scope)
        outer = self.names.types(node, scope)
        yield from self._bounds(node, outer)
        for base in filter(self._touches, node.bases):
            if isinstance(base, ast.Subscript) or self.names.typing(base, scope) in SUCCESSORS:
                yield Region(base, outer, self._when("eager"), "base", node)
            else:
                yield from self.values(base, node, scope)
        yield from self._body(node.body, self.names.of(node, outer))

    def _annotated(self, node: ast.AnnAssign, scope: Scope) -> Iterator[Region]:
        local = scope.owner is None and scope.function is not None
        when = "never" if local else self._when("lazy" if self.context.future else "eager")
        if self._touches(node.annotation):
            yield Region(node.annotation, scope, when, "annotation", node, may_quote=True)
        if node.value is None:
            return
        if self.names.typing(node.annotation, scope) == "TypeAlias":
            yield Region(node.value, scope, self._when("eager"), "alias", node)
        else:
            yield from self.values(node.value, node, scope)

    def _assign(self, node: ast.Assign, scope: Scope) -> Iterator[Region]:
        """`Alias = Optional[X]` at module or class level is a type; in a function it is a value."""
        names = [t.id for t in node.targets if isinstance(t, ast.Name)]
        if len(names) == len(node.targets) and scope.function is None and self._is_type(node.value, scope):
            named = scope.owner is None or all(n.lstrip("_")[:1].isupper() for n in names)
            if named and not self._used_as_value.intersection(names):
                yield Region(node.value, scope, self._when("eager"), "alias", node)
                return
        for part in (*node.targets, node.value):
            if not (isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)):
                yield from self.values(part, node, scope)

    def _is_type(self, node: ast.expr, scope: Scope) -> bool:
        match node:
            case ast.Subscript(value=ast.Name(id="list" | "dict" | "set" | "frozenset" | "tuple" | "type" as name)):
                return scope.find(name) is None
            case ast.Subscript(value=base):
                return self.names.typing(base, scope) is not None or self._is_class(base, scope)
            case ast.BinOp(left=left, op=ast.BitOr(), right=right):
                return self._is_type(left, scope) or self._is_type(right, scope)
        return False

    @functools.cached_property
    def _used_as_value(self) -> frozenset[str]:
        """Which names of types the file hands around (T12, T13): statements without one are not looked into."""
        every = list(statements(self.file.tree.body, inside=True))
        types = [s for s in every if isinstance(s, ast.Assign) and self._touches(s)]
        names = {t.id for s in types for t in s.targets if isinstance(t, ast.Name)}
        lines = self.file.word_lines(names)
        found: set[str] = set()
        for statement in every:
            if self.file.holds(statement, lines):
                found = found.union(*map(_handed, _expressions(statement)))
        return frozenset(found)

    # ---- expressions -----------------------------------------------------------------------------

    def values(self, node: ast.expr, statement: ast.stmt, scope: Scope) -> Iterator[Region]:
        """Types inside an expression that is itself no type."""
        if not self._touches(node):
            return
        match node:
            case ast.Name() | ast.Attribute():
                name = self.names.typing(node, scope)
                if name in SUCCESSORS:  # a bare Union is compared with: nothing else means it
                    yield Region(node, scope, "eager", "value", statement)
                elif name is None and isinstance(node, ast.Attribute):
                    yield from self.values(node.value, statement, scope)
            case ast.Call():
                yield from self._call(node, statement, scope)
            case ast.Subscript(value=base, slice=inner):
                if self.names.typing(base, scope) in DEPRECATED:
                    yield Region(node, scope, "eager", "value", statement)
                else:
                    yield from self.values(base, statement, scope)
                    yield from self.values(inner, statement, scope)
            case _:
                opens = isinstance(node, ast.Lambda | Comprehension)
                for part in _expressions(node):
                    yield from self.values(part, statement, self.names.scope(part) if opens else scope)

    def _is_class(self, base: ast.expr, scope: Scope) -> bool:
        """`Page[List[X]]` parametrises a class; `REGISTRY[List[X]]` looks a key up."""
        last = last_name(base)
        if not last.lstrip("_")[:1].isupper() or last.isupper():
            return False
        found = scope.find(last) if isinstance(base, ast.Name) else None
        kinds = {b.kind for b in found[1]} if found else {"import"}
        return kinds <= {"class", "import"} and self.context.operands.problem(base, scope) is None

    def _call(self, node: ast.Call, statement: ast.stmt, scope: Scope) -> Iterator[Region]:
        func, args = node.func, list(node.args)
        last, helpers = last_name(func), self.context.choices.forward_ref_helpers
        name = self.names.typing(func, scope) if last else None
        when = self._when("eager")
        types: list[ast.expr] = []
        match name:
            case "cast":
                if args:
                    yield Region(args.pop(0), scope, when, "cast", statement, may_quote=True)
            case "TypeVar" | "NewType" | "assert_type":
                types, args = args[1:], args[:1]
                types += [k.value for k in node.keywords if k.arg in ("bound", "default")]
            case "NamedTuple" | "TypedDict" if len(args) > 1:
                types, args = _field_types(args[1]), args[:1]
            case "ForwardRef":
                types, args = args[:1], args[1:]
            case str() if name in CALLABLE_ALIASES:
                yield Region(func, scope, "eager", "called", statement)
                func = ast.Constant(None, lineno=0, end_lineno=0)
            case _ if last in ("isinstance", "issubclass") and len(args) == 2 and scope.find(last) is None:
                yield from self._classinfo(args.pop(), statement, scope)
            case _ if args and (last in _TYPE_CALLS or last in helpers):
                types.append(args.pop(0))
        if isinstance(func, ast.Subscript) and self._is_class(func.value, scope):  # Page[List[X]](…)
            types.append(func.slice)
            func = func.value
        types += [k.value for k in node.keywords if k.arg in _TYPE_KEYWORDS]
        fields = name in ("NamedTuple", "TypedDict")
        for item in types:
            if self._touches(item):
                quoted = isinstance(item, ast.Constant)
                if not quoted or name is not None or last in helpers:
                    yield Region(item, scope, when, "argument", statement, may_quote=fields)
        done = {id(t) for t in types}
        for item in (func, *args, *(k.value for k in node.keywords)):
            if id(item) not in done:
                yield from self.values(item, statement, scope)

    def _classinfo(self, node: ast.expr, statement: ast.stmt, scope: Scope) -> Iterator[Region]:
        """The second argument of isinstance: bare generics may stand there, subscripted ones never could."""
        if isinstance(node, ast.Tuple):
            for item in node.elts:
                yield from self._classinfo(item, statement, scope)
        elif self.names.typing(node, scope) in SUCCESSORS:
            yield Region(node, scope, "eager", "isinstance", statement)
        else:
            yield from self.values(node, statement, scope)


def _field_types(fields: ast.expr) -> list[ast.expr]:
    """The types in NamedTuple("N", [("a", T)]) and TypedDict("D", {"a": T})."""
    match fields:
        case ast.Dict(values=values):
            return list(values)
        case ast.List(elts=elts) | ast.Tuple(elts=elts):
            return [e.elts[1] for e in elts if isinstance(e, ast.Tuple) and len(e.elts) == 2]
    return []


def _expressions(node: ast.AST) -> Iterator[ast.expr]:
    """The outermost expressions in a node that belong to no statement inside it."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr):
            yield child
        elif not isinstance(child, ast.stmt | ast.pattern):
            yield from _expressions(child)


def _suites(node: ast.AST) -> Iterator[ast.stmt]:
    """The statements right inside another one, those of `except` and `case` included."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.stmt):
            yield child
        elif isinstance(child, ast.ExceptHandler | ast.match_case):
            yield from _suites(child)


def _handed(part: ast.AST) -> set[str]:
    """Names that are passed to calls, compared, keys of dictionaries, in tuples, or asked for attributes."""
    found: set[str] = set()
    inside: set[int] = set()
    for node in ast.walk(part):
        values: list[ast.AST | None] = []
        match node:
            case ast.Subscript(slice=ast.Tuple() | ast.List() as inner):
                inside.update(id(n) for n in ast.walk(inner) if isinstance(n, ast.Tuple | ast.List))
            case ast.Call(func=func, args=args, keywords=keywords):
                if last_name(func) not in _TAKES_TYPES:
                    values = [func, *args, *(k.value for k in keywords if k.arg not in _TYPE_KEYWORDS)]
            case ast.Compare(left=left, comparators=comparators):
                values = [left, *comparators]
            case ast.Dict(keys=keys):
                values = list(keys)
            case ast.Attribute(value=value):
                values = [value]
            case ast.Tuple(elts=elts) | ast.List(elts=elts) | ast.Set(elts=elts) if id(node) not in inside:
                values = list(elts)
        found.update(v.id for v in values if isinstance(v, ast.Name))
    return found

"""Find the type expressions of one file without walking all of it.

Words in the text say which lines can matter; only statements that hold such a line are looked into.
"""

from __future__ import annotations

import ast
import bisect
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..engine.bindings import checking_branch
from ..engine.names import last_name
from ..engine.source import Source, any_between, statements
from .actions import Place, Region
from .names import CALLABLE_ALIASES, DEPRECATED, MODULES, SUCCESSORS, WORDS, whole_words
from .operands import Operands
from .references import TypingNames
from .scan import quoted

_ALIASES = whole_words((*MODULES, *WORDS), r"[ \t]+as[ \t]+(\w+)")
# Calls that take a type: position or keyword → known to treat X | Y as Union[X, Y] (T20)
_TYPE_CALLS = {"TypeAdapter": 0, "parse_obj_as": 0, "parse_raw_as": 0}
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


@dataclass(frozen=True)
class ImportSeen:
    """An import statement of typing, and where it stands."""

    node: ast.Import | ast.ImportFrom
    place: Place


class TypeLocator:
    """Walks one file's statements once."""

    def __init__(
        self,
        file: Source,
        scopes: TypingNames,
        operands: Operands,
        lines: list[int],
        future: bool,
        helpers: frozenset[str],
    ) -> None:
        self.file = file
        self.scopes = scopes
        self.operands = operands
        self.lines = lines
        self.stub = file.path.endswith(".pyi")
        self.future = future
        self.helpers = helpers
        self.imports: list[ImportSeen] = []
        self.docs: list[ast.Constant] = []  # docstrings with a hit and without doctests

    def regions(self) -> Iterator[Region]:
        yield from self._body(self.file.tree.body, Place(self.scopes.module))

    def elsewhere(self, names: set[str], regions: list[ast.expr]) -> set[str]:
        """Which names stand outside of types, imports, docstrings and comments: as something else, or in text."""
        file = self.file
        spans = sorted(map(file.span, [*regions, *self.docs, *(i.node for i in self.imports)]))
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

    def _hit(self, first: int, last: int) -> bool:
        return any_between(self.lines, first, last)

    def _touches(self, node: ast.AST | None) -> bool:
        return node is not None and self._hit(node.lineno, node.end_lineno or node.lineno)  # type: ignore[attr-defined]

    def _body(self, body: list[ast.stmt], place: Place) -> Iterator[Region]:
        for statement in body:
            if self._hit(self.file.first_line(statement), statement.end_lineno or statement.lineno):
                match statement:
                    case ast.Expr(value=ast.Constant(value=str() as text) as node) if statement is body[0]:
                        if ">>>" not in text:
                            self.docs.append(node)
                yield from self._statement(statement, place)

    def _statement(self, statement: ast.stmt, place: Place) -> Iterator[Region]:
        match statement:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                yield from self._function(statement, place)
            case ast.ClassDef():
                yield from self._class(statement, place)
            case ast.AnnAssign():
                yield from self._annotated(statement, place)
            case ast.Assign():
                yield from self._assign(statement, place)
            case ast.Import() | ast.ImportFrom():
                self.imports.append(ImportSeen(statement, place))
            case ast.If(test=test, body=body, orelse=orelse):
                yield from self.values(test, statement, place)
                seen = checking_branch(statement, self.scopes.checking)
                yield from self._body(body, replace(place, checking=True) if seen == "body" else place)
                yield from self._body(orelse, replace(place, checking=True) if seen == "orelse" else place)
            case _ if type(statement).__name__ == "TypeAlias":
                value = statement.value  # type: ignore[attr-defined]
                yield from self._bounds(statement, place)
                yield Region(value, place, "never" if self.stub else "lazy", "alias", statement)
            case _:
                yield from self._other(statement, place)

    def _other(self, statement: ast.stmt, place: Place) -> Iterator[Region]:
        for child in ast.iter_child_nodes(statement):
            if isinstance(child, ast.stmt):
                yield from self._body([child], place)
            elif isinstance(child, ast.ExceptHandler | ast.match_case):
                for part in ast.iter_child_nodes(child):
                    if isinstance(part, ast.stmt):
                        yield from self._body([part], place)
                    elif isinstance(part, ast.expr):
                        yield from self.values(part, statement, place)
            elif isinstance(child, ast.withitem):
                yield from self.values(child.context_expr, statement, place)
            elif isinstance(child, ast.expr):
                yield from self.values(child, statement, place)

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef, place: Place) -> Iterator[Region]:
        for decorator in node.decorator_list:
            yield from self.values(decorator, node, place)
        outer = place.inside(self.scopes.types(node, place.scope))
        yield from self._bounds(node, outer)
        a = node.args
        when = "never" if self.stub or place.checking else "lazy" if self.future else "eager"
        arguments = (*a.posonlyargs, *a.args, *a.kwonlyargs, *filter(None, (a.vararg, a.kwarg)))
        for annotation in (*(x.annotation for x in arguments), node.returns):
            if annotation is not None and self._touches(annotation):
                yield Region(annotation, outer, when, "annotation", node, may_quote=True)
        for default in (*a.defaults, *filter(None, a.kw_defaults)):
            yield from self.values(default, node, place)
        if self._hit(self.file.first_line(node.body[0]), node.end_lineno or node.lineno):
            yield from self._body(node.body, outer.inside(self.scopes.of(node, outer.scope)))

    def _bounds(self, node: ast.stmt, place: Place) -> Iterator[Region]:
        """`def f[T: List[int]]`: evaluated when someone asks."""
        for parameter in getattr(node, "type_params", ()):
            for name in ("bound", "default_value"):
                item: ast.expr | None = getattr(parameter, name, None)
                if item is not None and self._touches(item):
                    yield Region(item, place, "never" if self.stub else "lazy", "argument", node)

    def _class(self, node: ast.ClassDef, place: Place) -> Iterator[Region]:
        for decorator in node.decorator_list:
            yield from self.values(decorator, node, place)
        outer = place.inside(self.scopes.types(node, place.scope))
        yield from self._bounds(node, outer)
        for base in node.bases:
            if not self._touches(base):
                continue
            name = self.scopes.typing(base.value if isinstance(base, ast.Subscript) else base, place)
            if name in SUCCESSORS or isinstance(base, ast.Subscript):
                yield Region(base, outer, "never" if self.stub else "eager", "base", node)
            else:
                yield from self.values(base, node, place)
        for keyword in node.keywords:
            yield from self.values(keyword.value, node, place)
        yield from self._body(node.body, outer.inside(self.scopes.of(node, outer.scope)))

    def _annotated(self, node: ast.AnnAssign, place: Place) -> Iterator[Region]:
        local = place.scope.owner is None and place.scope.function is not None
        when = "never" if self.stub or place.checking or local else "lazy" if self.future else "eager"
        if self._touches(node.annotation):
            yield Region(node.annotation, place, when, "annotation", node, may_quote=True)
        if node.value is None:
            return
        if self.scopes.typing(node.annotation, place) == "TypeAlias":
            yield Region(node.value, place, "never" if self.stub or place.checking else "eager", "alias", node)
        else:
            yield from self.values(node.value, node, place)

    def _assign(self, node: ast.Assign, place: Place) -> Iterator[Region]:
        """`Alias = Optional[X]` at module or class level is a type; in a function it is a value."""
        names = [t.id for t in node.targets if isinstance(t, ast.Name)]
        if len(names) == len(node.targets) and (place.scope.function is None) and self._is_type(node.value, place):
            named = place.scope.owner is None or all(n.lstrip("_")[:1].isupper() for n in names)
            if named and not self._used_as_value.intersection(names):
                when = "never" if self.stub or place.checking else "eager"
                yield Region(node.value, place, when, "alias", node)
                return
        for target in node.targets:
            if not isinstance(target, ast.Name):
                yield from self.values(target, node, place)
        yield from self.values(node.value, node, place)

    def _is_type(self, node: ast.expr, place: Place) -> bool:
        match node:
            case ast.Subscript(value=ast.Name(id="list" | "dict" | "set" | "frozenset" | "tuple" | "type" as name)):
                return place.find(name) is None
            case ast.Subscript(value=base):
                return self.scopes.typing(base, place) is not None or self._is_class(base, place)
            case ast.BinOp(left=left, op=ast.BitOr(), right=right):
                return self._is_type(left, place) or self._is_type(right, place)
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
            if any_between(lines, self.file.first_line(statement), statement.end_lineno or statement.lineno):
                for part in _own(statement):
                    found |= _handed(part)
        return frozenset(found)

    # ---- expressions -----------------------------------------------------------------------------

    def values(self, node: ast.expr, statement: ast.stmt, place: Place) -> Iterator[Region]:
        """Types inside an expression that is itself no type."""
        if not self._touches(node):
            return
        match node:
            case ast.Name() | ast.Attribute():
                name = self.scopes.typing(node, place)
                if name in SUCCESSORS:  # a bare Union is compared with: nothing else means it
                    yield Region(node, place, "eager", "value", statement)
                elif name is None and isinstance(node, ast.Attribute):
                    yield from self.values(node.value, statement, place)
            case ast.Call():
                yield from self._call(node, statement, place)
            case ast.Subscript(value=base, slice=inner):
                if self.scopes.typing(base, place) in DEPRECATED:
                    yield Region(node, place, "eager", "value", statement)
                else:
                    yield from self.values(base, statement, place)
                    yield from self.values(inner, statement, place)
            case ast.Lambda(args=args, body=body):
                for default in (*args.defaults, *filter(None, args.kw_defaults)):
                    yield from self.values(default, statement, place)
                yield from self.values(body, statement, place.inside(self.scopes.of(node, place.scope)))
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                first, within = node.generators[0].iter, place.inside(self.scopes.of(node, place.scope))
                yield from self.values(first, statement, place)
                for made in (*node.generators, node):
                    for each in ast.iter_child_nodes(made):
                        if isinstance(each, ast.expr) and each is not first:
                            yield from self.values(each, statement, within)
            case _:
                for child in ast.iter_child_nodes(node):
                    if isinstance(child, ast.expr):
                        yield from self.values(child, statement, place)
                    elif isinstance(child, ast.keyword):
                        yield from self.values(child.value, statement, place)

    def _is_class(self, base: ast.expr, place: Place) -> bool:
        """`Page[List[X]]` parametrises a class; `REGISTRY[List[X]]` looks a key up."""
        last = last_name(base)
        if not last.lstrip("_")[:1].isupper() or last.isupper():
            return False
        found = place.find(last) if isinstance(base, ast.Name) else None
        kinds = {b.kind for b in found[1]} if found else {"import"}
        return kinds <= {"class", "import"} and self.operands.problem(base, place) is None

    def _call(self, node: ast.Call, statement: ast.stmt, place: Place) -> Iterator[Region]:
        func, args = node.func, list(node.args)
        last = last_name(func)
        name = self.scopes.typing(func, place) if last else None
        when = "never" if self.stub else "eager"
        types: list[ast.expr] = []
        match name:
            case "cast":
                if args:
                    yield Region(args.pop(0), place, when, "cast", statement, may_quote=True)
            case "TypeVar" | "NewType" | "assert_type":
                types, args = args[1:], args[:1]
                types += [k.value for k in node.keywords if k.arg in ("bound", "default")]
            case "NamedTuple" | "TypedDict" if len(args) > 1:
                types, args = _field_types(args[1]), args[:1]
            case "ForwardRef":
                types, args = args[:1], args[1:]
            case str() if name in CALLABLE_ALIASES:
                yield Region(func, place, "eager", "called", statement)
                func = ast.Constant(None, lineno=0, end_lineno=0)
            case _ if last in ("isinstance", "issubclass") and len(args) == 2 and place.find(last) is None:
                yield from self._classinfo(args.pop(), statement, place)
            case _ if last in _TYPE_CALLS and args:
                types.append(args.pop(_TYPE_CALLS[last]))
            case _ if last in self.helpers and args:
                types.append(args.pop(0))
        if isinstance(func, ast.Subscript) and self._is_class(func.value, place):  # Page[List[X]](…)
            types.append(func.slice)
            func = func.value
        types += [k.value for k in node.keywords if k.arg in _TYPE_KEYWORDS]
        fields = name in ("NamedTuple", "TypedDict")
        for item in types:
            if self._touches(item):
                quoted = isinstance(item, ast.Constant)
                if not quoted or name is not None or last in self.helpers:
                    yield Region(item, place, when, "argument", statement, may_quote=fields)
        done = {id(t) for t in types}
        for item in (func, *args, *(k.value for k in node.keywords)):
            if id(item) not in done:
                yield from self.values(item, statement, place)

    def _classinfo(self, node: ast.expr, statement: ast.stmt, place: Place) -> Iterator[Region]:
        """The second argument of isinstance: bare generics may stand there, subscripted ones never could."""
        if isinstance(node, ast.Tuple):
            for item in node.elts:
                yield from self._classinfo(item, statement, place)
        elif self.scopes.typing(node, place) in SUCCESSORS:
            yield Region(node, place, "eager", "isinstance", statement)
        else:
            yield from self.values(node, statement, place)


def _field_types(fields: ast.expr) -> list[ast.expr]:
    """The types in NamedTuple("N", [("a", T)]) and TypedDict("D", {"a": T})."""
    match fields:
        case ast.Dict(values=values):
            return list(values)
        case ast.List(elts=elts) | ast.Tuple(elts=elts):
            return [e.elts[1] for e in elts if isinstance(e, ast.Tuple) and len(e.elts) == 2]
    return []


def _own(statement: ast.stmt) -> Iterator[ast.AST]:
    """What belongs to a statement and to none inside it."""
    for child in ast.iter_child_nodes(statement):
        if isinstance(child, ast.ExceptHandler | ast.match_case):
            yield from (n for n in ast.iter_child_nodes(child) if not isinstance(n, ast.stmt))
        elif not isinstance(child, ast.stmt):
            yield child


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

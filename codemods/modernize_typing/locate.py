"""Find the type expressions of one file without walking all of it.

Words in the text say which lines can matter; only statements that hold such a line are looked into.
"""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator

from ..engine.arguments import arguments
from ..engine.bindings import Binding, Comprehension, checking_branch
from ..engine.names import item_of, last_name
from ..engine.parsing import whole_words
from ..engine.scopes import Scope, outside
from ..engine.source import Definition, Function, Source, any_between, statements
from .actions import Context, Region, Role
from .names import CALLABLE_ALIASES, DEPRECATED, MODULES, SUCCESSORS, WORDS
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
    found = {file.line_of(m.start()) for m in _pattern(aliases).finditer(text)}
    return sorted(found.union(map(file.line_of, quoted(text, file.path)) if quotes else ()))


class TypeLocator:
    """Walks one file's statements once."""

    def __init__(self, context: Context, lines: list[int]) -> None:
        self.context = context
        self.file = context.file
        self.names = context.names
        self.lines = lines
        self.checking = False  # whether only type checkers see what is walked now
        self.imports: list[Binding] = []  # the names that typing lends to the file

    def regions(self) -> Iterator[Region]:
        yield from self._body(self.file.tree.body, self.names.module)

    def _touches(self, node: ast.AST) -> bool:
        return any_between(self.lines, node.lineno, node.end_lineno)  # type: ignore[attr-defined]

    def _type(
        self,
        node: ast.expr | None,
        scope: Scope,
        role: Role,
        statement: ast.stmt,
        when: str = "eager",
        field: bool = False,
    ) -> Iterator[Region]:
        """The region of a type, where there is one with a hit. `field`: it is one of a NamedTuple or TypedDict."""
        if node is None or not self._touches(node):
            return
        if role not in ("value", "isinstance", "called") and (self.context.stub or self.checking):
            when = "never"
        elif role == "annotation":
            when = "lazy" if self.context.future else "eager"
            if isinstance(statement, ast.AnnAssign) and scope.owner is None and scope.function is not None:
                when = "never"
        yield Region(node, scope, when, role, statement, may_quote=field or role in ("annotation", "cast"))

    # ---- statements ------------------------------------------------------------------------------

    def _body(self, body: list[ast.stmt], scope: Scope) -> Iterator[Region]:
        for statement in body:
            if self.file.holds(statement, self.lines):
                yield from self._statement(statement, scope)

    def _statement(self, statement: ast.stmt, scope: Scope) -> Iterator[Region]:
        match statement:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield from self._definition(statement, scope)
            case ast.AnnAssign(annotation=annotation, value=value):
                yield from self._type(annotation, scope, "annotation", statement)
                if value is not None and self.names.typing(annotation, scope) == "TypeAlias":
                    yield from self._type(value, scope, "alias", statement)
                elif value is not None:
                    yield from self.values(value, statement, scope)
            case ast.Assign():
                yield from self._assign(statement, scope)
            case ast.Import() | ast.ImportFrom():
                mine = (b for b in scope.all_bindings if b.statement is statement)
                lent = (b for b in mine if item_of(b).module in MODULES and item_of(b).name not in ("", "*"))
                self.imports += lent
            case ast.If(test=test, body=body, orelse=orelse):
                yield from self.values(test, statement, scope)
                seen, around = checking_branch(statement, self.names.checking), self.checking
                for name, block in (("body", body), ("orelse", orelse)):
                    self.checking = around or seen == name
                    yield from self._body(block, scope)
                self.checking = around
            case _ if type(statement).__name__ == "TypeAlias":
                yield from self._bounds(statement, scope)
                yield from self._type(statement.value, scope, "alias", statement, "lazy")  # type: ignore[attr-defined]
            case _:
                for part in _parts(statement):
                    if isinstance(part, ast.expr):
                        yield from self.values(part, statement, scope)
                    else:
                        yield from self._body([part], scope)

    def _definition(self, node: Definition, scope: Scope) -> Iterator[Region]:
        types = self.names.types(node, scope)
        bases = getattr(node, "bases", ())
        for value in outside(node):
            generic = isinstance(value, ast.Subscript)
            if value in bases and (generic or self.names.typing(value, scope) in SUCCESSORS):
                yield from self._type(value, types, "base", node)
            else:
                yield from self.values(value, node, scope)
        yield from self._bounds(node, types)
        if isinstance(node, Function):
            for annotation in (*(a.annotation for a in arguments(node.args)), node.returns):
                yield from self._type(annotation, types, "annotation", node)
        yield from self._body(node.body, self.names.of(node, types))

    def _bounds(self, node: ast.stmt, scope: Scope) -> Iterator[Region]:
        """`def f[T: List[int]]`: evaluated when someone asks."""
        for parameter in getattr(node, "type_params", ()):
            for name in ("bound", "default_value"):
                yield from self._type(getattr(parameter, name, None), scope, "argument", node, "lazy")

    def _assign(self, node: ast.Assign, scope: Scope) -> Iterator[Region]:
        """`Alias = Optional[X]` at module or class level is a type; in a function it is a value."""
        names = [t.id for t in node.targets if isinstance(t, ast.Name)]
        if len(names) == len(node.targets) and scope.function is None and self._is_type(node.value, scope):
            named = scope.owner is None or all(n.lstrip("_")[:1].isupper() for n in names)
            if named and not self._used_as_value.intersection(names):
                yield from self._type(node.value, scope, "alias", node)
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
        holding = (s for s in every if self.file.holds(s, lines))
        return frozenset(
            n for s in holding for part in _parts(s) if isinstance(part, ast.expr) for n in _handed(part)
        )

    # ---- expressions -----------------------------------------------------------------------------

    def values(self, node: ast.expr, statement: ast.stmt, scope: Scope, role: Role = "value") -> Iterator[Region]:
        """Types inside an expression that is itself no type. In the second argument of `isinstance`, bare generics may
        stand, subscripted ones never could."""
        if not self._touches(node):
            return
        match node:
            case ast.Name() | ast.Attribute():
                name = self.names.typing(node, scope)
                if name in SUCCESSORS:  # a bare Union is compared with: nothing else means it
                    yield from self._type(node, scope, role, statement)
                elif name is None and isinstance(node, ast.Attribute):
                    yield from self.values(node.value, statement, scope)
            case ast.Call():
                yield from self._call(node, statement, scope)
            case ast.Subscript(value=base) if self.names.typing(base, scope) in DEPRECATED:
                yield from self._type(node, scope, "value", statement)
            case _:
                opens = isinstance(node, ast.Lambda | Comprehension)
                for part in _parts(node):
                    assert isinstance(part, ast.expr)
                    inner = self.names.scope(part) if opens else scope
                    yield from self.values(part, statement, inner, role if isinstance(node, ast.Tuple) else "value")

    def _is_class(self, base: ast.expr, scope: Scope) -> bool:
        """`Page[List[X]]` parametrises a class; `REGISTRY[List[X]]` looks a key up."""
        last = last_name(base)
        if not last.lstrip("_")[:1].isupper() or last.isupper():
            return False
        found = scope.find(last) if isinstance(base, ast.Name) else None
        kinds = {b.kind for b in found[1]} if found else {"import"}
        return kinds <= {"class", "import"} and self.names.problem(base, scope) is None

    def _call(self, node: ast.Call, statement: ast.stmt, scope: Scope) -> Iterator[Region]:
        func, args = node.func, list(node.args)
        last, helpers = last_name(func), self.context.choices.forward_ref_helpers
        name = self.names.typing(func, scope) if last else None
        fields = name in ("NamedTuple", "TypedDict")
        rest = [func, *args, *(k.value for k in node.keywords)]
        types: list[ast.expr] = [k.value for k in node.keywords if k.arg in _TYPE_KEYWORDS]
        match name:
            case "cast":
                if args:
                    yield from self._type(args[0], scope, "cast", statement)
                    rest.remove(args[0])
            case "TypeVar" | "NewType" | "assert_type":
                types += [*args[1:], *(k.value for k in node.keywords if k.arg in ("bound", "default"))]
            case "NamedTuple" | "TypedDict" if len(args) > 1:
                types += _field_types(args[1])
                rest = [r for r in rest if r not in args[1:]]
            case "ForwardRef":
                types += args[:1]
            case str() if name in CALLABLE_ALIASES:
                yield from self._type(func, scope, "called", statement)
                rest.remove(func)
            case _ if last in ("isinstance", "issubclass") and len(args) == 2 and scope.find(last) is None:
                yield from self.values(rest.pop(2), statement, scope, "isinstance")
            case _ if args and (last in _TYPE_CALLS or last in helpers):
                types.append(args[0])
        if isinstance(func, ast.Subscript) and self._is_class(func.value, scope):  # Page[List[X]](…)
            types.append(func.slice)
            rest[0] = func.value
        for item in types:
            if not isinstance(item, ast.Constant) or name is not None or last in helpers:
                yield from self._type(item, scope, "argument", statement, field=fields)
        for item in rest:
            if item not in types:
                yield from self.values(item, statement, scope)


def _field_types(fields: ast.expr) -> list[ast.expr]:
    """The types in NamedTuple("N", [("a", T)]) and TypedDict("D", {"a": T})."""
    match fields:
        case ast.Dict(values=values):
            return list(values)
        case ast.List(elts=elts) | ast.Tuple(elts=elts):
            return [e.elts[1] for e in elts if isinstance(e, ast.Tuple) and len(e.elts) == 2]
    return []


def _parts(node: ast.AST) -> Iterator[ast.expr | ast.stmt]:
    """The outermost expressions and statements in a node."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr | ast.stmt):
            yield child
        elif not isinstance(child, ast.pattern):
            yield from _parts(child)


def _handed(part: ast.AST) -> Iterator[str]:
    """Names that are passed to calls, compared, keys of dictionaries, in tuples, or asked for attributes."""
    inside: set[ast.AST] = set()
    for node in ast.walk(part):
        values: list[ast.AST | None] = []
        match node:
            case ast.Subscript(slice=ast.Tuple() | ast.List() as inner):
                inside.update(n for n in ast.walk(inner) if isinstance(n, ast.Tuple | ast.List))
            case ast.Call(func=func, args=args, keywords=keywords):
                if last_name(func) not in _TAKES_TYPES:
                    values = [func, *args, *(k.value for k in keywords if k.arg not in _TYPE_KEYWORDS)]
            case ast.Compare(left=left, comparators=comparators):
                values = [left, *comparators]
            case ast.Dict(keys=keys):
                values = [*keys]
            case ast.Attribute(value=value):
                values = [value]
            case ast.Tuple(elts=elts) | ast.List(elts=elts) | ast.Set(elts=elts) if node not in inside:
                values = [*elts]
        yield from (v.id for v in values if isinstance(v, ast.Name))

"""What a string literal may refer to, by the place where it stands.

A string that merely holds a word needs no import. One that can be evaluated as a type does, and one that names
something of this module: in `__all__`, for `getattr`, as the target of a patch, in code that is executed.
"""

from __future__ import annotations

import ast
import enum
import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from ..bindings import ImportStatement
from ..names import last_name
from ..parsing import parse
from ..source import Source
from ..values import Unreadable


class Role(enum.Enum):
    """What the strings in some place are."""

    DATA = enum.auto()  # a value of Literal, compared, looked up, a default: no name in it means anything
    VALUE = enum.auto()  # handed on: whoever gets it may take for a type what looks like one
    TYPE = enum.auto()
    NAME = enum.auto()  # the name of something of this module
    CODE = enum.auto()


_CALLS = {
    name: role
    for role, called in (
        (Role.CODE, "eval exec compile timeit repeat Timer runctx"),
        (Role.NAME, "getattr setattr hasattr delattr patch object multiple attrgetter methodcaller import_string"),
        (Role.TYPE, "cast TypeVar NewType NamedTuple TypedDict ForwardRef TypeAliasType ParamSpec TypeAdapter"),
        (Role.TYPE, "parse_obj_as create_model make_dataclass assert_type"),
    )
    for name in called.split()
}
_GENERIC = frozenset({"list", "dict", "set", "frozenset", "tuple", "type"})
_SPACES = frozenset({"globals", "locals", "vars", "__dict__"})
_TYPE_NODES = (
    ast.Name, ast.Attribute, ast.Subscript, ast.Tuple, ast.List, ast.Constant, ast.Starred, ast.BinOp, ast.BitOr,
    ast.expr_context,
)  # fmt: skip
_DOTTED = re.compile(r"\w+(?:\.\w+)*")
_DOCTEST = re.compile(r"^[ \t]*(?:>>>|\.\.\.)(.*)", re.M)


class Strings:
    """The strings of one file."""

    def __init__(self, file: Source) -> None:
        self.file = file

    @cached_property
    def _called(self) -> dict[str, str]:
        """What Literal and Annotated are, by what they are called here."""
        aliases = re.findall(r"\b(Literal|Annotated)[ \t]+as[ \t]+(\w+)", self.file.text)
        return {"Literal": "Literal", "Annotated": "Annotated", **{local: name for name, local in aliases}}

    @cached_property
    def _exports(self) -> set[str]:
        """__all__, and the names that it is put together from."""
        found = {"__all__"}
        for statement in self.file.tree.body if "__all__" in self.file.text else ():
            names = {n.id for n in ast.walk(statement) if isinstance(n, ast.Name)}
            found |= names if "__all__" in names else set()
        return found

    def names(self, text: ast.Constant, ancestors: Iterable[ast.AST], wanted: set[str]) -> set[str]:
        """Which of some names a string may refer to. `ancestors` are what it stands in, the innermost first."""
        role, piece = self._role(text, ancestors)
        return self._in(str(text.value), role, piece, wanted)

    def is_guess(self, text: ast.Constant, ancestors: Iterable[ast.AST]) -> bool:
        """Whether a string is only handed on: nobody knows whether the names in it mean anything."""
        return self._role(text, ancestors)[0] is Role.VALUE

    def in_comment(self, text: str, wanted: set[str]) -> set[str]:
        """Which names a type comment refers to."""
        try:
            parse(text.strip())
        except Unreadable:
            return wanted & set(re.findall(r"\w+", text))
        return self._in(text, Role.TYPE, False, wanted)

    # ---- where a string stands -------------------------------------------------------------------

    def _role(self, text: ast.AST, ancestors: Iterable[ast.AST]) -> tuple[Role, bool]:
        """What a string is, and whether it is but a piece of a longer one."""
        piece = key = False
        child, inner = text, text
        for parent in ancestors:
            match parent:
                case ast.JoinedStr() | ast.BinOp(op=ast.Add() | ast.Mod()):
                    piece = True
                case ast.Subscript(slice=index) if child is index:
                    role = self._index(parent, inner)
                    if role is Role.VALUE:
                        key = True  # in an annotation it is a type all the same
                    elif role is not None:
                        return role, piece
                case ast.Compare():
                    return Role.DATA, piece
                case ast.Dict(keys=keys) if child in keys:
                    return Role.DATA, piece
                case ast.Call(func=func) if child is not func:
                    return self._argument(parent), piece
                case ast.arguments(defaults=defaults, kw_defaults=others) if child in (*defaults, *others):
                    return Role.DATA, piece
                case ast.Lambda() | ast.stmt() | ast.arg():
                    role = self._statement(parent, child)
                    return (Role.DATA if key and role is Role.VALUE else role), piece
            child, inner = parent, child
        return Role.VALUE, piece

    def _index(self, node: ast.Subscript, inner: ast.AST) -> Role | None:
        """What stands between brackets: None where that is what stands around them."""
        base = _last(node.value)
        if self._called.get(base) == "Literal":
            return Role.DATA
        if self._called.get(base) == "Annotated":
            first = node.slice.elts[0] if isinstance(node.slice, ast.Tuple) else node.slice
            return None if inner is first or node.slice is first else Role.DATA
        if base in _SPACES:
            return Role.NAME
        is_class = base.lstrip("_")[:1].isupper() and not base.isupper()
        return Role.TYPE if is_class or base in _GENERIC else Role.VALUE

    def _argument(self, call: ast.Call) -> Role:
        if isinstance(call.func, ast.Attribute) and _last(call.func.value) in self._exports:
            return Role.NAME
        return _CALLS.get(_last(call.func), Role.VALUE)

    def _statement(self, node: ast.AST, child: ast.AST) -> Role:
        targets: list[ast.expr] = []
        match node:
            case ast.arg():
                return Role.TYPE
            case ast.FunctionDef(returns=returns) | ast.AsyncFunctionDef(returns=returns):
                return Role.TYPE if child is returns else Role.VALUE
            case ast.ClassDef(bases=bases):
                return Role.TYPE if child in bases else Role.VALUE
            case ast.AnnAssign(annotation=annotation, target=target):
                if child is annotation or _last(annotation) == "TypeAlias":
                    return Role.TYPE
                targets = [target]
            case ast.Assign():
                targets = node.targets
            case ast.AugAssign(target=target):
                targets = [target]
            case _ if type(node).__name__ == "TypeAlias":
                return Role.TYPE
        names = [t.id for t in targets if isinstance(t, ast.Name)]
        if not self._exports.isdisjoint(names):
            return Role.NAME
        alias = isinstance(child, ast.Constant) and any(
            n.lstrip("_")[:1].isupper() and not n.isupper() for n in names
        )
        return Role.TYPE if alias else Role.VALUE  # Later = "Node"

    # ---- what a string says ----------------------------------------------------------------------

    def _in(self, text: str, role: Role, piece: bool, wanted: set[str]) -> set[str]:
        if role is Role.DATA:
            return set()
        if role is Role.NAME and _DOTTED.fullmatch(text):
            return wanted & set(text.split("."))
        found = {n for n in wanted if re.search(rf"\.{re.escape(n)}\Z", text)}  # "%s.List", ".List"
        try:
            tree = parse(text.strip())
        except Unreadable:
            after = r"[\[(.]" if role is Role.CODE else r"\["
            if piece or role is Role.CODE or "{" in text or "%" in text:
                found |= {n for n in wanted if re.search(rf"\b{re.escape(n)}\s*{after}", text)}
            return found | (wanted & set(re.findall(r"\w+", doctests(text))))
        if role is Role.CODE:
            return found | set(self._named(tree, wanted))
        match tree.body:
            case [ast.Expr(value=value)]:
                plain = all(isinstance(n, _TYPE_NODES) for n in ast.walk(value))
                bare = isinstance(value, ast.Name | ast.Constant) and role is not Role.TYPE
                if not plain or bare:
                    return found
            case [ast.AnnAssign(value=None)]:  # "Type: what it is"
                return found
        return found | set(self._named(tree, wanted))

    def _named(self, tree: ast.Module, wanted: set[str]) -> Iterator[str]:
        """The names that some code looks up; what it imports by itself it does not take from here."""
        stack: list[tuple[ast.AST, tuple[ast.AST, ...]]] = [(tree, ())]
        own = {a.asname or a.name for n in ast.walk(tree) if isinstance(n, ImportStatement) for a in n.names}
        while stack:
            node, above = stack.pop()
            match node:
                case ast.Name(id=name) | ast.Attribute(attr=name) if name in wanted and name not in own:
                    yield name
                case ast.Constant(value=str(text)):
                    role, piece = self._role(node, above)
                    yield from self._in(text, Role.TYPE if role is Role.VALUE else role, piece, wanted)
            stack += ((child, (node, *above)) for child in ast.iter_child_nodes(node))


def doctests(text: str) -> str:
    """The lines of a docstring that are executed."""
    return "\n".join(_DOCTEST.findall(text))


def _last(node: ast.expr) -> str:
    """The name that a dotted expression or a call of one ends with; "" for any other."""
    return last_name(node.func if isinstance(node, ast.Call) else node)

"""Read one type expression: which names and unions in it are rewritten, and to what.

What forbids it is asked of `guard`; `chains` only writes what is decided here.
Where a rewrite is not possible, the smallest part is left and said why.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection
from dataclasses import replace

from ..engine.names import last_name
from ..engine.values import Import
from .actions import Action, Context, Region, TypeReading
from .chains import Chain, chain_of, once, sides_of
from .guard import Guard, Where
from .names import (
    DATA_HOLDERS,
    DEPRECATED,
    GENERICS_SINCE,
    MOVED,
    REPORTED,
    STRINGS_RESOLVE,
    SUCCESSORS,
    UNIONS,
    WORD,
    WRAPPERS,
)  # fmt: skip
from .strings import can_be_quoted, evaluated_names, inner_expression, is_string


def read(context: Context, region: Region, kept: Collection[str] = ()) -> TypeReading:
    """What is to be done in a region. `kept` are local names that must stay typing's own."""
    reading = _Pass(context, region, kept).run()
    if reading.needs_quotes:
        reading = _in_quotes(context, reading, kept) or _Pass(context, region, kept, strings_stay=True).run()
    alone = all(a.kind in ("unquote", "chain") for a in reading.actions) and not reading.needs_move
    if alone and not ("quotes" in context.choices.only and region.when != "eager"):
        reading.actions.clear()  # quotes go only along with something else
        reading.quote = None
    return reading


def _in_quotes(context: Context, reading: TypeReading, kept: Collection[str]) -> TypeReading | None:
    """The region as it reads with the whole in quotes, where nothing is evaluated at once; None where there is still
    no need of them, or where a name in it is then not found at module level."""
    file, region = context.file, reading.region
    root = region.node
    while isinstance(root, ast.Subscript) and context.names.typing(root.value, region.scope) in WRAPPERS:
        root = root.slice.elts[0] if isinstance(root.slice, ast.Tuple) else root.slice
    if not region.may_quote or reading.opaque or not can_be_quoted(file, root):
        return None
    reading = _Pass(context, region, kept, quoted=root).run()
    starts = {a.start for a in reading.actions if a.kind != "unquote"}
    gone = {id(n) for n in ast.walk(root) if isinstance(n, ast.Name) and file.start(n) in starts}
    names = [n for n in evaluated_names(root) if id(n) not in gone]
    for action in reading.actions:
        if action.kind == "rename":
            names += evaluated_names(ast.parse(action.text, mode="eval").body)
    if not reading.needs_quotes or not all(_is_found_later(n, region) for n in names):
        return None
    reading.quote = file.span(root)
    return reading


def _is_found_later(name: ast.Name, region: Region) -> bool:
    """Whether get_type_hints finds the same by this name: in the module, or in the class of a field."""
    found = region.scope.find(name.id)
    if found is None:
        return True
    scope, bindings = found
    if scope is scope.scopes.module:
        return len(bindings) == 1 or all(b.kind == "import" for b in bindings)
    return scope.is_class and isinstance(region.statement, ast.AnnAssign) and region.scope.function is None


class _Pass(Guard):
    """One way through one region."""

    def __init__(
        self,
        context: Context,
        region: Region,
        kept: Collection[str],
        strings_stay: bool = False,
        quoted: ast.expr | None = None,  # what will stand in quotes as a whole
    ) -> None:
        super().__init__(context, region, strings_stay)
        self.only = context.choices.parts
        self.kept = kept
        self.quoted = quoted
        self.result = TypeReading(region)
        self.chains: list[Chain] = []

    def run(self) -> TypeReading:
        self._read(self.region.node, Where())
        for chain in reversed(self.chains):  # the inner ones first
            self.result.actions = once(self.file, self.typing, chain, self.result.actions)
        return self.result

    def _skip(self, node: ast.expr, code: str, reason: str) -> None:
        self.result.skips.append((node.lineno, code, reason))

    def _read(self, node: ast.expr, where: Where) -> None:
        if node is self.quoted:
            where = replace(where, quoted="then")
        match node:
            case ast.Name() | ast.Attribute():
                self._name(node, where)
            case ast.Subscript():
                self._subscript(node, where)
            case ast.Tuple(elts=elts) | ast.List(elts=elts):
                for item in elts:
                    self._read(item, where)
            case ast.BinOp(op=ast.BitOr()):
                self._bar(node, where)
            case ast.Constant(value=str()):
                self._string(node, where)
            case ast.Starred(value=value) if self._has_tuple(value):
                self._skip(node, "T16-not-types", "*Tuple[...] is another object than *tuple[...]")
            case ast.Starred(value=value):
                self._read(value, where)
            case ast.Constant():
                pass
            case _:
                self.result.values.append(node)

    def _bar(self, node: ast.BinOp, where: Where) -> None:
        """`"X" | List[int]` works since typing's forms take a string; `"X" | list[int]` does not."""
        where = self._chained(node, where)
        changes = where.raw == "union" or (not where.blocked and any(map(self._is_old, sides_of(node))))
        inside = replace(where, raw="union" if changes else "", moved="")
        for side in sides_of(node):
            self._read(side, inside)

    def _chained(self, node: ast.expr, where: Where) -> Where:
        """`where` with the chain that begins at a node, unless it is part of one."""
        if where.chain is not None:
            return where
        chain = chain_of(self.file, node, self.typing)
        self.chains.append(chain)
        return replace(where, chain=chain, blocked=self.keeps_chain(chain, where))

    def _is_old(self, node: ast.expr) -> bool:
        """Whether something is a deprecated form, which takes whatever stands beside it."""
        base = node.value if isinstance(node, ast.Subscript) else node
        return self.typing(base) in DEPRECATED

    def _keep(self, name: ast.expr, code: str, reason: str) -> None:
        """Leave a typing name, and say why: where it would move, once for all its uses."""
        if isinstance(name, ast.Name) and self.typing(name) in MOVED:
            self.result.moved.add(name.id)
            self.result.stuck.setdefault(name.id, (code, reason))
        else:
            self._skip(name, code, reason)

    # ---- names -----------------------------------------------------------------------------------

    def _name(self, node: ast.Name | ast.Attribute, where: Where) -> None:
        name = self.typing(node)
        if name in SUCCESSORS and where.blocked:
            self._keep(node, *where.blocked)
        elif name in SUCCESSORS:
            self._successor(node, name, where)
        elif name in UNIONS:
            self._skip(node, "T13-value", f"bare {name} has no other spelling")
        elif name in REPORTED:
            self._skip(node, "T30-report", REPORTED[name])
        elif name is None and self.is_mistaken(node):
            assert isinstance(node, ast.Name)
            to = Import("collections.abc", "Callable") if node.id == "callable" else Import("typing", "Any")
            if found := self.names.write(to, self.scope, self._before(node, where)):
                self._rename(node, "585", found.text, found.requires)

    def _successor(self, node: ast.Name | ast.Attribute, name: str, where: Where, arguments: bool = False) -> bool:
        """Write a name's successor, or say why not; whether it comes to that."""
        to = SUCCESSORS[name]
        moves = name in MOVED and isinstance(node, ast.Name)
        if moves:
            self.result.moved.add(last_name(node))
        if to.part not in self.only:
            return False
        if not (self.legal(GENERICS_SINCE, where) or name == "Text" or (moves and not arguments)):
            what = "generics of collections.abc" if moves else "builtin generics"
            self._keep(node, "T00-target", f"{what} need Python 3.9")
            return False
        if asked := self.asked(self.share.asked.text_test, "reads types as text"):
            self._keep(node, "T11-introspection", asked)
            return False
        if moves:
            return True
        beside = self.names.local_of(name, node.lineno) if name in MOVED else ""
        if beside and beside not in self.kept:  # typing.Callable beside `from typing import Callable`
            self.result.moved.add(beside)
            self.result.needs_move.add(beside)
            self._rename(node, to.part, beside, ())
            return True
        before = self._before(node, where)
        found = self.names.successor(name, self.scope, self.region.role == "annotation", before)
        if found is None:
            self._skip(node, "T24-clash", f"{to.name} means something else here")
            return False
        text, requires = found.text, found.requires
        if name == "Type" and not arguments and self._is_of_any():
            if any_ := self.names.write(Import("typing", "Any"), self.scope, before):
                text, requires = f"{text}[{any_.text}]", (*requires, *any_.requires)
        elif name == "Type" and not arguments and (attribute := self._attribute_of_field()):
            self._skip(node, "T30-report", f"{attribute} is read of this Type, which type alone does not let pass")
            return False
        self._rename(node, to.part, text, requires)
        return True

    def _is_of_any(self) -> bool:
        """`Type` alone means `Type[Any]`, whose attributes mypy lets pass; it does not for `type` alone.

        Fields that someone may read at run time get the plain class.
        """
        owner = self.scope.owner
        plain = owner is None or not (owner.bases or owner.decorator_list)
        return self.region.role in ("annotation", "alias", "cast", "argument", "comment") and (
            plain or not isinstance(self.region.statement, ast.AnnAssign)
        )

    def _attribute_of_field(self) -> str:
        """What this file reads of a field that no class of classes has: `info.kind.label`."""
        match self.region.statement:
            case ast.AnnAssign(target=ast.Name(id=name)):
                found = re.finditer(rf"\.{re.escape(name)}\.(\w+)", self.file.text)
                return next((m[1] for m in found if not hasattr(type, m[1])), "")
        return ""

    def _before(self, node: ast.expr, where: Where) -> int | None:
        """The line where a name is looked up; None where that happens when all is bound."""
        return node.lineno if self.region.when == "eager" and not where.quoted else None

    def _rename(self, node: ast.Name | ast.Attribute, part: str, text: str, requires: tuple[Import, ...]) -> None:
        self.result.parts.add(part)
        self.result.actions.append(Action("rename", *self.file.span(node), text))
        frees, checked_only = self.names.frees(node, self.scope)
        self.result.frees.update(frees)
        if checked_only:
            self.result.instead.update((new, frees[0]) for new in requires)
        else:
            self.result.requires.update(requires)

    # ---- subscripts ------------------------------------------------------------------------------

    def _subscript(self, node: ast.Subscript, where: Where) -> None:
        base = node.value
        if not isinstance(base, ast.Name | ast.Attribute):
            self.result.values.append(node)
            return
        name = self.typing(base)
        if name is None and last_name(base) in DATA_HOLDERS:
            name = last_name(base)  # whatever it is bound to besides: a string in it may be data
        arguments = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        if name is not None and (reason := self.takes_other_number(name, arguments)):
            self._keep(base, "T16-not-types", reason)
            return
        match name:
            case "Literal":
                pass
            case "Annotated":
                self._read(arguments[0], where)
                self.result.values += arguments[1:]
            case "Optional" | "Union":
                self._union(node, base, name, arguments, where)
            case str() if name in SUCCESSORS:
                self._generic(node, base, name, arguments, where)
            case "Unpack" if self._has_tuple(node.slice):
                self._skip(node, "T16-not-types", "Unpack[Tuple[...]] is looked into by libraries")
            case None if any(map(is_string, ast.walk(node.slice))) and (
                self.names.meaning(base, scope=self.scope) == "dataclasses.InitVar"
            ):
                self._skip(node, "T01-string", "InitVar hides a string from get_type_hints")
            case _:
                for item in arguments:
                    self._read(item, Where(where.quoted))

    def _has_tuple(self, node: ast.expr) -> bool:
        return any(isinstance(n, ast.expr) and self.typing(n) == "Tuple" for n in ast.walk(node))

    def _generic(
        self, node: ast.Subscript, base: ast.Name | ast.Attribute, name: str, arguments: list[ast.expr], where: Where
    ) -> None:
        moved = base.id if name in MOVED and isinstance(base, ast.Name) else ""
        reason = where.blocked or self.keeps_generic(name, arguments, where)
        rewritten = False
        if moved in self.kept:
            self.result.moved.add(moved)
        elif reason:
            self._keep(base, *reason)
        else:
            rewritten = self._successor(base, name, where, arguments=True)
        raw = "generic" if rewritten and self.target < STRINGS_RESOLVE else ""
        for item in arguments:
            self._read(item, Where(where.quoted, raw, moved if raw else ""))

    # ---- unions ----------------------------------------------------------------------------------

    def _union(
        self, node: ast.Subscript, base: ast.Name | ast.Attribute, name: str, arguments: list[ast.expr], where: Where
    ) -> None:
        where = self._chained(node, where)
        problem = self.keeps_union(node, name, arguments, where) if "604" in self.only else ("", "")
        if problem is None:
            spans = tuple(self.file.span(a) for a in arguments)
            self.result.parts.add("604")
            self.result.actions.append(Action("union", *self.file.span(node), "", spans, name == "Optional"))
            self.result.frees.update(self.names.frees(base, self.scope)[0])
            self.result.unsafe = self.asked_for_union() or self.result.unsafe
        elif problem[0]:
            self._skip(node, *problem)
        inside = Where(where.quoted) if problem else replace(where, raw="union", moved="")
        for item in arguments:
            self._read(item, inside)

    # ---- strings ---------------------------------------------------------------------------------

    def _string(self, node: ast.Constant, where: Where) -> None:
        """A forward reference: its content is rewritten, its quotes go where nothing needs them."""
        inner = inner_expression(self.file, node)
        fate = self.fate(node, where)
        if inner is None:
            self.result.opaque = True
            names = map(ast.Name, re.findall(r"\w+", str(node.value)))
            if WORD.search(str(node.value)) or any(self.typing(n) in DEPRECATED for n in names):
                self._skip(node, "T04-string", "the string is not one plain expression")
        evaluated = replace(where, quoted="") if where.quoted == "then" else where
        if self.fate(node, evaluated) == "needs quotes" and not self.strings_stay:
            self.result.needs_quotes = True
        if inner is not None and (fate == "unquote" or (fate == "needs quotes" and not self.strings_stay)):
            self.result.parts.add("quotes")
            self.result.actions.append(Action("unquote", *self.file.span(node), str(node.value)))
        if where.moved and fate != "keep":
            self.result.needs_move.add(where.moved)
        if inner is not None:
            self._read(inner, replace(where, quoted="now", raw="", moved=""))

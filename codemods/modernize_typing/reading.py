"""Read one type expression: which names and unions in it are rewritten, which are guarded.

Every decision about a node is made here, from the `ast` and the file's scopes; the passes that write
text only carry it out. Where a rewrite is not possible, the smallest part is left and said why.
It is long because all decisions about one expression stand together: a guard elsewhere would be missed.
"""

from __future__ import annotations

import ast
import re
import typing
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..base import Import
from ..source import Source
from .actions import Action, Reading, Region
from .facts import Share
from .names import (
    DATA_HOLDERS,
    DEPRECATED,
    GENERICS_SINCE,
    MOVED,
    REPORTED,
    SUCCESSORS,
    UNIONS,
    UNIONS_SINCE,
    WORD,
    WRAPPERS,
    Version,
)  # fmt: skip
from .operands import Operands, is_variable, names_in
from .references import References, Written
from .scopes import Scopes, dotted
from .strings import (
    can_be_quoted,
    content_span,
    evaluated_names,
    flat_strings,
    inner_expression,
    is_builtin,
    is_string,
)
from .when import introspected, reads_annotations

STRINGS_RESOLVE: Version = (3, 11)  # from then on get_type_hints resolves the string in list["X"]


@dataclass(frozen=True)
class Rules:
    """The options, and what is known of the project, as far as they decide here."""

    target: Version
    share: Share
    only: frozenset[str]
    introspection: str
    fix_callable: bool
    stub: bool
    future: bool


@dataclass(frozen=True)
class Reader:
    """Reads the regions of one file."""

    file: Source
    scopes: Scopes
    operands: Operands
    references: References
    rules: Rules

    def read(self, region: Region, kept: frozenset[str] = frozenset()) -> Reading:
        """`kept` are local names that must stay typing's own."""
        reading = _Pass(self, region, kept, strings_stay=False).run()
        if reading.needs_quotes and not self._quote(reading):
            reading = _Pass(self, region, kept, strings_stay=True).run()
        if all(a.kind == "unquote" for a in reading.actions) and region.when == "eager" and reading.quote is None:
            reading.actions.clear()  # quotes inside a quoted annotation go only along with something else
        return reading

    def _quote(self, reading: Reading) -> bool:
        """Put the whole region into quotes, if every name in it is then found at module level too."""
        region = reading.region
        root = region.node
        while isinstance(root, ast.Subscript) and self.scopes.typing(root.value, region.place) in WRAPPERS:
            root = root.slice.elts[0] if isinstance(root.slice, ast.Tuple) else root.slice
        if not region.may_quote or reading.opaque or not can_be_quoted(self.file, root):
            return False
        starts = {a.start for a in reading.actions if a.kind != "unquote"}
        gone = {id(n) for n in ast.walk(root) if isinstance(n, ast.Name) and self.file.start(n) in starts}
        if not all(id(name) in gone or self._found_later(name, region) for name in evaluated_names(root)):
            return False
        reading.quote = self.file.span(root)
        return True

    def _found_later(self, name: ast.Name, region: Region) -> bool:
        """Whether get_type_hints finds the same by this name: in the module, or in the class of a field."""
        found = region.place.find(name.id)
        if found is None:
            return True
        scope, bindings = found
        if scope is region.place.module:
            return len(bindings) == 1 or all(b.kind == "import" for b in bindings)
        return scope.is_class and isinstance(region.statement, ast.AnnAssign) and region.place.function is None

    def legal(self, since: Version, region: Region, quoted: bool) -> bool:
        """Whether the lowest Python of the project can live with the new form here."""
        if self.rules.target >= since or self.rules.stub:
            return True
        if not self.rules.future or region.role != "annotation" or introspected(region, quoted):
            return False
        return (region.when == "never" and not quoted) or not reads_annotations(self.file.text)


@dataclass(frozen=True, slots=True)
class _Where:
    """Where in the expression a node stands."""

    quoted: bool = False  # inside a string literal
    raw: str = ""  # a string here would stay a bare `str`: in a "generic", or in a "union", where `|` refuses it
    moved: str = ""  # … once this local name has moved


class _Pass:
    """One way through one region."""

    def __init__(self, reader: Reader, region: Region, kept: frozenset[str], strings_stay: bool) -> None:
        self.reader = reader
        self.file = reader.file
        self.rules = reader.rules
        self.region = region
        self.place = region.place
        self.kept = kept
        self.strings_stay = strings_stay  # there will be no quotes around the whole: leave what that forbids
        self.result = Reading(region)

    def run(self) -> Reading:
        self._read(self.region.node, _Where())
        return self.result

    def _skip(self, node: ast.expr, code: str, reason: str) -> None:
        self.result.skips.append((node.lineno, code, reason))

    def _typing(self, node: ast.expr) -> str | None:
        return self.reader.scopes.typing(node, self.place)

    def _read(self, node: ast.expr, where: _Where) -> None:
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
            case ast.Starred(value=value):
                if any(isinstance(n, ast.Subscript) and self._typing(n.value) == "Tuple" for n in ast.walk(value)):
                    self._skip(node, "T16-not-types", "*Tuple[...] is another object than *tuple[...]")
                else:
                    self._read(value, where)
            case ast.Constant():
                pass
            case _:
                self.result.values.append(node)

    def _bar(self, node: ast.BinOp, where: _Where) -> None:
        """`"X" | List[int]` works since typing's forms take a string; `"X" | list[int]` does not."""
        names = [
            n for n in ast.walk(node) if isinstance(n, ast.Name | ast.Attribute) and self._typing(n) in DEPRECATED
        ]
        inside = _Where(where.quoted, "union" if names else "")
        strings = [side for side in (node.left, node.right) if is_string(side)]
        if names and self.strings_stay and any(self._fate(s, inside) == "needs quotes" for s in strings):
            reason = "a string stands beside | where that is evaluated"
            self._skip(node, "T01-string", reason)
            for local in {n.id for n in names if isinstance(n, ast.Name) and self._typing(n) in MOVED}:
                self.result.moved.add(local)
                self._stuck(local, "T01-string", reason)
            return
        for side in (node.left, node.right):
            self._read(side, inside)

    # ---- names -----------------------------------------------------------------------------------

    def _name(self, node: ast.Name | ast.Attribute, where: _Where) -> None:
        name = self._typing(node)
        if name in SUCCESSORS:
            self._successor(node, name, where)
        elif name in UNIONS:
            self._skip(node, "T13-value", f"bare {name} has no other spelling")
        elif name in REPORTED:
            self._skip(node, "T30-report", REPORTED[name])
        elif name is None and self._is_mistaken(node):
            assert isinstance(node, ast.Name)
            to = Import("collections.abc", "Callable") if node.id == "callable" else Import("typing", "Any")
            if found := self.reader.references.write(to, self.place, self._before(node, where)):
                self._rename(node, "585", found.text, found.requires)

    def _is_mistaken(self, node: ast.expr) -> bool:
        """`callable` and `any` where `Callable` and `Any` are meant, with --fix-callable."""
        return (
            self.rules.fix_callable
            and isinstance(node, ast.Name)
            and node.id in ("callable", "any")
            and self.place.find(node.id) is None
        )

    def _successor(self, node: ast.Name | ast.Attribute, name: str, where: _Where, arguments: bool = False) -> None:
        to = SUCCESSORS[name]
        legal = self.reader.legal(GENERICS_SINCE, self.region, where.quoted) or name == "Text"
        asked = (
            f"{self.rules.share.text_test} reads types as text" if self._reached(self.rules.share.text_test) else ""
        )
        if name in MOVED and isinstance(node, ast.Name):
            self.result.moved.add(node.id)
            if arguments and not legal:
                self._stuck(node.id, "T00-target", "generics of collections.abc need Python 3.9")
            elif asked:
                self._stuck(node.id, "T11-introspection", asked)
            return
        if asked:
            self._skip(node, "T11-introspection", asked)
            return
        if to.part not in self.rules.only:
            return
        if not legal:
            self._skip(node, "T00-target", "builtin generics need Python 3.9")
            return
        beside = self.reader.references.local_of(name, node.lineno) if name in MOVED else ""
        if beside and beside not in self.kept:  # typing.Callable beside `from typing import Callable`
            self.result.moved.add(beside)
            self.result.needs_move.add(beside)
            self._rename(node, to.part, beside, ())
            return
        before = self._before(node, where)
        found = self.reader.references.successor(name, self.place, self.region.statement, before)
        if found is None:
            self._skip(node, "T24-clash", f"{to.name} means something else here")
        elif name == "Type" and not arguments and self._is_of_any() and (any_ := self._any(before)):
            self._rename(node, to.part, f"{found.text}[{any_.text}]", (*found.requires, *any_.requires))
        else:
            self._rename(node, to.part, found.text, found.requires)

    def _is_of_any(self) -> bool:
        """`Type` alone means `Type[Any]`, whose attributes mypy lets pass; it does not for `type` alone.

        Fields that someone may read at run time get the plain class.
        """
        owner = self.place.owner
        plain = owner is None or not (owner.bases or owner.decorator_list)
        return self.region.role in ("annotation", "alias", "cast", "argument", "comment") and (
            plain or not isinstance(self.region.statement, ast.AnnAssign)
        )

    def _any(self, before: int | None) -> Written | None:
        return self.reader.references.write(Import("typing", "Any"), self.place, before)

    def _before(self, node: ast.expr, where: _Where) -> int | None:
        """The line where a name is looked up; None where that happens when all is bound."""
        return node.lineno if self.region.when == "eager" and not where.quoted else None

    def _rename(self, node: ast.Name | ast.Attribute, part: str, text: str, requires: tuple[Import, ...]) -> None:
        self.result.parts.add(part)
        self.result.actions.append(Action("rename", *self.file.span(node), text))
        self.result.requires.update(requires)
        self.result.frees.update(self.reader.references.frees(node, self.place))

    def _stuck(self, local: str, code: str, reason: str) -> None:
        self.result.stuck.setdefault(local, (code, reason))

    # ---- subscripts ------------------------------------------------------------------------------

    def _subscript(self, node: ast.Subscript, where: _Where) -> None:
        base = node.value
        if not isinstance(base, ast.Name | ast.Attribute):
            self.result.values.append(node)
            return
        name = self._typing(base)
        if name is None and (last := base.attr if isinstance(base, ast.Attribute) else base.id) in DATA_HOLDERS:
            name = last  # whatever it is bound to besides: a string in it may be data
        arguments = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
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
            case "Unpack" if any(
                isinstance(n, ast.expr) and self._typing(n) == "Tuple" for n in ast.walk(node.slice)
            ):
                self._skip(node, "T16-not-types", "Unpack[Tuple[...]] is looked into by libraries")
            case None if dotted(base, self.place) == "dataclasses.InitVar" and any(
                map(is_string, ast.walk(node.slice))
            ):
                self._skip(node, "T01-string", "InitVar hides a string from get_type_hints")
            case _:
                for item in arguments:
                    self._read(item, _Where(where.quoted))

    def _generic(
        self, node: ast.Subscript, base: ast.Name | ast.Attribute, name: str, arguments: list[ast.expr], where: _Where
    ) -> None:
        moved = base.id if name in MOVED and isinstance(base, ast.Name) else ""
        to = SUCCESSORS[name]
        reason = self._keeps_generic(name, arguments, where)
        if moved in self.kept and moved:
            self.result.moved.add(moved)
        elif reason:
            if moved:
                self.result.moved.add(moved)
                self._stuck(moved, *reason)
            else:
                self._skip(node, *reason)
        else:
            self._successor(base, name, where, arguments=True)
        rewritten = not reason and moved not in self.kept - {""} and to.part in self.rules.only
        raw = "generic" if rewritten and self.rules.target < STRINGS_RESOLVE else ""
        for item in arguments:
            self._read(item, _Where(where.quoted, raw, moved if raw else ""))

    def _keeps_generic(self, name: str, arguments: Sequence[ast.expr], where: _Where) -> tuple[str, str] | None:
        """Why a subscripted typing name must stay; None when it need not."""
        first = arguments[0] if arguments else None
        listed = isinstance(first, ast.List) or (isinstance(first, ast.Constant) and first.value is ...)
        if name == "Callable" and not listed and self.rules.target < UNIONS_SINCE and self.region.when == "eager":
            return "T00-target", "collections.abc.Callable[P, R] needs Python 3.10"
        if self._reads_none(name, arguments):
            return "T15-none", "the project looks into the arguments of types, where None stays None from now on"
        if self.region.role == "base" and (variable := self._variable(arguments)):
            return "T14-generic-base", f"the class would no longer be generic in {variable}"
        if self.rules.target >= STRINGS_RESOLVE:
            return None
        if self.region.when != "never" and any(
            isinstance(n, ast.Name | ast.Attribute) and self._typing(n) == "Unpack"
            for a in arguments
            for n in ast.walk(a)
        ):
            return "T16-not-types", f"before 3.11, {SUCCESSORS[name].name}[...] does not see through Unpack"
        if self.region.when != "never" and (bound := next(self._bound_to_strings(arguments), None)):
            return "T03-bare-string", f"before 3.11, get_type_hints does not resolve the string that {bound} is"
        if not self.strings_stay:
            return None
        inside = _Where(where.quoted, "generic")
        if any(self._fate(s, inside) == "needs quotes" for s in flat_strings(arguments)):
            to = SUCCESSORS[name].name
            return "T03-bare-string", f"before 3.11, get_type_hints does not resolve the string in {to}[...]"
        return None

    def _bound_to_strings(self, arguments: Sequence[ast.expr]) -> Iterator[str]:
        """Names among a generic's arguments that are strings: `Later = "Node"`."""
        for item in arguments:
            if isinstance(item, ast.List | ast.Tuple):
                yield from self._bound_to_strings(item.elts)
            elif isinstance(item, ast.Name):
                _, bindings = self.place.find(item.id) or (None, ())
                if any(b.kind == "value" and is_string(b.node) for b in bindings):
                    yield item.id

    def _reads_none(self, name: str, arguments: Sequence[ast.expr]) -> bool:
        """`List[None]` holds NoneType, `list[None]` holds None. Nobody looks for it in a Callable or Generator."""
        return (
            self.rules.share.reads_arguments
            and SUCCESSORS[name].part == "585"
            and self.region.when != "never"
            and not isinstance(self.region.statement, ast.FunctionDef | ast.AsyncFunctionDef)
            and any(isinstance(a, ast.Constant) and a.value is None for a in arguments)
        )

    def _variable(self, arguments: Sequence[ast.expr]) -> str:
        """A type variable among a base's arguments, unless the class lists Generic or Protocol."""
        if isinstance(self.region.statement, ast.ClassDef):
            for base in self.region.statement.bases:
                if isinstance(base, ast.Subscript) and self._typing(base.value) in ("Generic", "Protocol"):
                    return ""
        return next(
            (n.id for a in arguments for n in names_in(a) if is_variable(n, self.place, self.rules.share)), ""
        )

    # ---- unions ----------------------------------------------------------------------------------

    def _union(
        self, node: ast.Subscript, base: ast.Name | ast.Attribute, name: str, arguments: list[ast.expr], where: _Where
    ) -> None:
        problem = self._keeps_union(node, name, arguments, where) if "604" in self.rules.only else ("", "")
        if problem is None:
            leaves = [ast.dump(leaf) for leaf in self._leaves(node)]
            spans = tuple(self.file.span(a) for a in arguments)
            self.result.parts.add("604")
            self.result.actions.append(
                Action("union", *self.file.span(node), "", spans, name == "Optional", len(set(leaves)) < len(leaves))
            )
            self.result.frees.update(self.reader.references.frees(base, self.place))
        elif problem[0]:
            self._skip(node, *problem)
        for item in arguments:
            self._read(item, _Where(where.quoted, "" if problem else "union"))

    def _keeps_union(
        self, node: ast.Subscript, name: str, arguments: Sequence[ast.expr], where: _Where
    ) -> tuple[str, str] | None:
        """Why a union must stay; None when it need not."""
        if not self.reader.legal(UNIONS_SINCE, self.region, where.quoted):
            return "T00-target", "X | Y needs Python 3.10"
        if not arguments or any(isinstance(a, ast.Starred) for a in arguments):
            return "T16-not-types", "the operands are not written out"
        single = name == "Union" and not isinstance(node.slice, ast.Tuple) and not is_string(node.slice)
        for item in arguments:
            stays = is_string(item) and self.strings_stay
            if stays and self._fate(item, _Where(where.quoted, "union")) == "needs quotes":
                return "T01-string", "a string stands beside | where that is evaluated"
            for leaf in self._leaves(item):
                if is_string(leaf) or self._is_mistaken(leaf):
                    continue
                problem = self.reader.operands.problem(leaf, self.place)
                if single and problem is None and self.reader.operands.may_be_many(leaf, self.place):
                    return "T16-not-types", f"{ast.unparse(leaf)} may be a tuple of types"
                if problem is None or (not problem.sure and self.region.when == "never" and not single):
                    continue
                if single and not problem.sure:
                    return "T16-not-types", f"{ast.unparse(leaf)} may be a tuple of types"
                return problem.code, problem.reason
        if node is self.region.node and isinstance(self.region.statement, ast.Assign) and self._has_variable(node):
            return "T12-variable", "mypy takes no alias of a union with a bare type variable"
        if self._copied(node):
            return "T12-variable", "a type variable inside is replaced by copying the union, which X | Y cannot do"
        if self._reached(self.rules.share.union_test):
            reason = f"{self.rules.share.union_test} asks for Union and does not know X | Y"
            if self.rules.introspection == "refuse":
                return "T11-introspection", reason
            self.result.unsafe = reason
        return None

    def _leaves(self, node: ast.expr) -> Iterator[ast.expr]:
        """The operands of a union, those of nested unions and in quotes one by one."""
        match node:
            case ast.Constant(value=str()) if (quoted := inner_expression(self.file, node)) is not None:
                yield from self._leaves(quoted)
            case ast.Subscript(value=value, slice=inner) if (name := self._typing(value)) in UNIONS:
                for item in inner.elts if isinstance(inner, ast.Tuple) else [inner]:
                    yield from self._leaves(item)
                if name == "Optional":
                    yield ast.Constant(None)
            case ast.BinOp(op=ast.BitOr()):
                yield from self._leaves(node.left)
                yield from self._leaves(node.right)
            case _:
                yield node

    def _reached(self, test: str) -> bool:
        """Whether project code that asks questions of types, at `test`, may be given this one."""
        if not test or self.region.when == "never" or self.region.role in ("cast", "comment"):
            return False
        if self.rules.share.tests_signatures:
            return True
        owner = self.place.owner  # fields() and its like ask dataclasses, not plain classes
        plain = owner is not None and not (owner.bases or owner.decorator_list)
        return not plain and not isinstance(self.region.statement, ast.FunctionDef | ast.AsyncFunctionDef)

    def _copied(self, node: ast.Subscript) -> bool:
        """`Optional[List[T]]` in a generic dataclass: libraries put types for T through `copy_with`, which
        a types.UnionType does not have. With T itself as an operand the result is typing's anyway."""
        owner = self.place.owner
        if owner is None or not owner.decorator_list or isinstance(self.region.statement, ast.FunctionDef):
            return False
        if self._has_variable(node):
            return False
        share = self.rules.share
        return any(is_variable(n, self.place, share) for leaf in self._leaves(node) for n in names_in(leaf))

    def _has_variable(self, node: ast.expr) -> bool:
        """Whether an operand of a union is a type variable itself."""
        share = self.rules.share
        return any(isinstance(leaf, ast.Name) and is_variable(leaf, self.place, share) for leaf in self._leaves(node))

    # ---- strings ---------------------------------------------------------------------------------

    def _string(self, node: ast.Constant, where: _Where) -> None:
        """A forward reference: its content is rewritten, its quotes go where nothing needs them."""
        inner = inner_expression(self.file, node)
        fate = self._fate(node, where)
        if inner is None:
            self.result.opaque = True
            names = map(ast.Name, re.findall(r"\w+", str(node.value)))
            if WORD.search(str(node.value)) or any(self._typing(n) in DEPRECATED for n in names):
                self._skip(node, "T04-string", "the string is not one plain expression")
        if fate == "needs quotes" and not self.strings_stay:
            self.result.needs_quotes = True
        if inner is not None and (fate == "unquote" or (fate == "needs quotes" and not self.strings_stay)):
            self.result.parts.add("quotes")
            content = content_span(self.file, node)
            assert content
            start, end = self.file.span(node)
            self.result.actions.append(Action("unquote", start, end, self.file.text[content[0] : content[1]]))
        if where.moved and where.raw and fate != "keep":
            self.result.needs_move.add(where.moved)
        if inner is not None:
            self._read(inner, _Where(True))

    def _from_star(self, name: ast.Name) -> bool:
        """Whether typing's star import brings a name."""
        return self._typing(name) is not None and hasattr(typing, name.id)

    def _fate(self, node: ast.expr, where: _Where) -> str:
        """What becomes of a string's own quotes: "keep", "unquote", or "needs quotes" around the whole instead."""
        assert isinstance(node, ast.Constant)
        inner = inner_expression(self.file, node)
        if inner is None:
            return "needs quotes" if where.raw else "keep"
        if where.quoted:
            return "unquote"
        if self.region.when == "eager":
            return "needs quotes" if where.raw else "keep"
        names = [(n, self.place.find(n.id)) for n in evaluated_names(inner)]
        if not all(found or is_builtin(n.id) or self._from_star(n) for n, found in names):
            return "needs quotes" if where.raw == "union" or (where.raw and self.region.when == "lazy") else "keep"
        if where.raw:
            return "unquote"
        if "quotes" not in self.rules.only or isinstance(inner, ast.Constant):
            return "keep"
        # Foo["X"]: with X under TYPE_CHECKING alone, get_type_hints may have been content with the string
        runtime = all(found is None or any(b.guard != "typing" for b in found[1]) for _, found in names)
        return "unquote" if runtime or node is self.region.node or self.region.when == "never" else "keep"

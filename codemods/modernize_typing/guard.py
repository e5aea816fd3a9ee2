"""Why a part of a type expression must stay as it is.

Questions about one region, answered from the `ast`, the file's scopes and what is known of the project;
`reading` acts on the answers. A reason is a skip's code and text.
"""

from __future__ import annotations

import ast
import builtins
import functools
import re
import typing
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from ..engine.names import last_name
from ..engine.scopes import Scope
from ..engine.source import Function
from .actions import Context, Reason, Region
from .chains import Chain, chain_of
from .names import ARITY, STRINGS_RESOLVE, SUCCESSORS, UNIONS_SINCE, Version, words
from .operands import Problem
from .references import bound
from .strings import evaluated_names, flat, inner_expression, is_string

# what stands beside | as it is
_OPERANDS = (ast.Name, ast.Attribute, ast.Subscript, ast.Call, ast.Constant, ast.List, ast.BinOp)


# Decorators that take a function as it is, whatever its annotations say
_BENIGN = frozenset(
    words(
        "staticmethod classmethod property setter getter deleter abstractmethod overload override final wraps lru_cache "
        "cache cached_property contextmanager asynccontextmanager fixture mark parametrize skipif skip total_ordering "
        "abstractproperty abstractclassmethod abstractstaticmethod no_type_check"
    )
)
_PLAIN_BASES = frozenset(words("object ABC Protocol Generic Exception ValueError RuntimeError TestCase Enum"))
# Libraries that evaluate the annotations of functions and classes which are merely handed to them
_READERS = re.compile(
    r"^[ \t]*(?:from|import)[ \t]+(?:beartype|cattrs?|cyclopts|dacite|fastapi|injector|lagom|litestar|mashumaro|msgspec"
    r"|ninja|punq|pydantic|sqlmodel|strawberry|typeguard|typer|tyro)\b|\b(?:get_type_hints|eval_str|singledispatch\w*)\b",
    re.M,
)


@dataclass(frozen=True, slots=True)
class Where:
    """Where in the expression a node stands."""

    quoted: Literal["", "now", "then"] = ""  # in a string literal: as the file stands; once the whole is put into one
    raw: str = ""  # a string here would stay a bare `str`: in a "generic", or in a "union", where `|` refuses it
    moved: str = ""  # … once this local name has moved
    chain: Chain | None = None  # the chain of `|` that this is an operand of
    blocked: Reason | None = None  # why nothing may be made of the chain's operands


class Guard:
    """The questions about one region."""

    def __init__(self, context: Context, region: Region, strings_stay: bool) -> None:
        self.context = context
        self.file = context.file
        self.names = context.names
        self.share = context.names.share
        self.target = context.target
        self.region = region
        self.scope = region.scope
        self.strings_stay = strings_stay  # there will be no quotes around the whole: leave what that forbids

    def typing(self, node: ast.expr) -> str | None:
        return self.names.typing(node, self.scope)

    def legal(self, since: Version, where: Where) -> bool:
        """Whether the lowest Python of the project can live with the new form here."""
        region, scope = self.region, self.scope
        variable = region.role == "annotation" and isinstance(region.statement, ast.AnnAssign)
        local = variable and scope.function is not None and scope.owner is None  # nothing evaluates or keeps it
        if self.target >= since or self.context.stub or local:
            return True
        if not self.context.future or region.role != "annotation":
            return False
        unread = region.when == "never" and not where.quoted
        return unread or not (self._is_introspected() or reads_annotations(self.file.text))

    def _is_introspected(self) -> bool:
        """Whether a library may evaluate an annotation on its own (pydantic, dataclasses, FastAPI, typer, …).

        Asked only where the lowest Python cannot evaluate the new form, so anything unknown counts.
        """
        if isinstance(self.region.statement, Function):
            return not all(_last(d) in _BENIGN for d in self.region.statement.decorator_list)
        owner = self.scope.owner
        if owner is None:
            return False
        return bool(owner.decorator_list or owner.keywords) or not all(_last(b) in _PLAIN_BASES for b in owner.bases)

    def is_mistaken(self, node: ast.expr) -> bool:
        """`callable` and `any` where `Callable` and `Any` are meant, with --fix-callable."""
        return (
            self.context.choices.fix_callable
            and isinstance(node, ast.Name)
            and node.id in ("callable", "any")
            and self.scope.find(node.id) is None
        )

    def asked_for_union(self) -> str:
        """Which project code may be given this type and would not see a union in X | Y."""
        return self.asked(self.share.asked.union_test, "asks for Union and does not know X | Y")

    def asked(self, test: str, what: str) -> str:
        """Which project code at `test` asks questions of types and may be given this one."""
        if not test or self.region.when == "never" or self.region.role in ("cast", "comment"):
            return ""
        owner = self.scope.owner  # fields() and its like ask dataclasses, not plain classes
        plain = owner is not None and not (owner.bases or owner.decorator_list)
        is_field = not plain and not isinstance(self.region.statement, Function)
        return f"{test} {what}" if self.share.asked.signatures or is_field else ""

    def takes_other_number(self, name: str, arguments: Sequence[ast.expr]) -> str:
        """What a form takes, where it is given another number of arguments: that means nothing to anyone."""
        least, most = ARITY.get(name, (0, len(arguments)))
        if least <= len(arguments) <= most or any(self._unpacks(a) for a in arguments):
            return ""
        number = "no" if not most else str(least) if least == most else f"{least} to {most}"
        return f"{name} takes {number} argument{'s' * (most != 1)}, not {len(arguments)}"

    def _unpacks(self, node: ast.expr) -> bool:
        return isinstance(node, ast.Starred) or (
            isinstance(node, ast.Subscript) and self.typing(node.value) == "Unpack"
        )

    # ---- generics --------------------------------------------------------------------------------

    def keeps_generic(self, name: str, arguments: Sequence[ast.expr], where: Where) -> Reason | None:
        """Why a subscripted typing name must stay; None when it need not."""
        first = arguments[0] if arguments else None
        listed = isinstance(first, ast.List) or (isinstance(first, ast.Constant) and first.value is ...)
        if name == "Callable" and not listed and self.target < UNIONS_SINCE and self.region.when == "eager":
            return "T00-target", "collections.abc.Callable[P, R] needs Python 3.10"
        if self._reads_none(name, arguments):
            return "T15-none", "the project looks into the arguments of types, where None stays None and () goes"
        if self.region.role == "base" and (variable := self._variable(arguments)) and not self._lists_generic():
            return "T14-generic-base", f"the class would no longer be generic in {variable}"
        if self.target >= STRINGS_RESOLVE:
            return None
        unpacks = "Unpack" in self.file.text and self.region.when != "never"
        names = (n for a in arguments for n in ast.walk(a) if isinstance(n, ast.Name | ast.Attribute))
        if unpacks and any(self.typing(n) == "Unpack" for n in names):
            return "T16-not-types", f"before 3.11, {SUCCESSORS[name].name}[...] does not see through Unpack"
        for item in flat(arguments) if self.region.when != "never" else ():  # `Later = "Node"`
            held = bound(item, self.scope) if isinstance(item, ast.Name) else ()
            if any(b.kind == "value" and is_string(b.node) for b in held):
                what = ast.unparse(item)
                return "T03-bare-string", f"before 3.11, get_type_hints does not resolve the string that {what} is"
        if not self.strings_stay:
            return None
        inside = Where(where.quoted, "generic")
        if any(self.fate(s, inside) == "needs quotes" for s in filter(is_string, flat(arguments))):
            to = SUCCESSORS[name].name
            return "T03-bare-string", f"before 3.11, get_type_hints does not resolve the string in {to}[...]"
        return None

    def _reads_none(self, name: str, arguments: Sequence[ast.expr]) -> bool:
        """`List[None]` holds NoneType, `list[None]` holds None. Nobody looks for it in a Callable or Generator.

        Before 3.11 `Tuple[()]` holds `()`, while `tuple[()]` holds nothing.
        """
        return (
            self.share.asked.arguments
            and SUCCESSORS[name].part == "585"
            and self.region.when != "never"
            and not isinstance(self.region.statement, Function)
            and (
                any(isinstance(a, ast.Constant) and a.value is None for a in arguments)
                or (name == "Tuple" and not arguments and self.target < STRINGS_RESOLVE)
            )
        )

    def _lists_generic(self) -> bool:
        """Whether a class lists Generic or Protocol among its bases."""
        bases = getattr(self.region.statement, "bases", ())
        return any(isinstance(b, ast.Subscript) and self.typing(b.value) in ("Generic", "Protocol") for b in bases)

    # ---- unions ----------------------------------------------------------------------------------

    def keeps_chain(self, chain: Chain, where: Where) -> Reason | None:
        """Why nothing may be made of the unions and generics of a chain; None when something may."""
        beside = Where(where.quoted, "union")
        if self.strings_stay and any(self.fate(s, beside) == "needs quotes" for s in chain.strings):
            return "T01-string", "a string stands beside | where that is evaluated"
        if self.region.when != "never":  # else nothing evaluates the bar
            for operand in chain.operands:
                if problem := self._problem(operand, where):
                    return problem.code, problem.reason
        if (
            chain.root is self.region.node
            and isinstance(self.region.statement, ast.Assign)
            and self._has_variable(chain)
        ):
            return "T12-variable", "mypy takes no alias of a union with a bare type variable"
        if self._copied(chain):
            return "T12-variable", "a type variable inside is replaced by copying the union, which X | Y cannot do"
        if self.context.choices.introspection == "refuse" and (asked := self.asked_for_union()):
            return "T11-introspection", asked
        return None

    def _problem(self, operand: ast.expr, where: Where) -> Problem | None:
        """What speaks against an operand where it is evaluated."""
        if is_string(operand) or self.is_mistaken(operand):
            return None
        scope = self._so_far(operand, where)
        if self.region.when == "eager" and not where.quoted and (mock := self.names.mocked(operand, scope)):
            return Problem("T08-operand", f"the documentation mocks {mock}, and a mock takes no |")
        return self.names.problem(operand, scope)

    def keeps_union(
        self, node: ast.Subscript, name: str, arguments: Sequence[ast.expr], where: Where
    ) -> Reason | None:
        """Why a union must stay; None when it need not."""
        if not self.legal(UNIONS_SINCE, where):
            return "T00-target", "X | Y needs Python 3.10"
        if not arguments or any(isinstance(a, ast.Starred) for a in arguments):
            return "T16-not-types", "the operands are not written out"
        if not all(isinstance(a, _OPERANDS) for a in arguments):
            return "T25-comment", "an operand is no plain type"
        if name == "Union" and not isinstance(node.slice, ast.Tuple) and not is_string(node.slice):
            for operand in chain_of(self.file, node.slice, self.typing).operands:
                if self._may_be_many(operand, where):
                    return "T16-not-types", f"{ast.unparse(operand)} may be a tuple of types"
        return where.blocked

    def _may_be_many(self, operand: ast.expr, where: Where) -> bool:
        """Whether what stands alone in `Union[…]` may be a tuple of types."""
        problem = self._problem(operand, where)
        if problem or self.is_mistaken(operand):
            return problem is not None and not problem.sure
        return self.names.may_be_many(operand, self.scope)

    def _so_far(self, operand: ast.expr, where: Where) -> Scope:
        """The place without what its class binds further down, which nothing sees that is evaluated at once. An
        annotation is none such: from Python 3.14 on it is evaluated in the finished class."""
        finished = where.quoted or self.region.when != "eager" or self.region.role == "annotation"
        if finished or not self.scope.is_class or all(operand is not n for n in ast.walk(self.region.node)):
            return self.scope  # what is not in the tree stands in quotes
        return self.scope.so_far(self.region.node.lineno)

    def _copied(self, chain: Chain) -> bool:
        """`Optional[List[T]]` in a generic dataclass: libraries put types for T through `copy_with`, which
        a types.UnionType does not have. With T itself as an operand the result is typing's anyway."""
        owner = self.scope.owner
        if owner is None or not owner.decorator_list or isinstance(self.region.statement, ast.FunctionDef):
            return False
        return not self._has_variable(chain) and bool(self._variable(chain.operands))

    def _has_variable(self, chain: Chain) -> bool:
        """Whether an operand of a union is a type variable itself."""
        return any(isinstance(o, ast.Name) and self.names.is_variable(o, self.scope) for o in chain.operands)

    def _variable(self, arguments: Iterable[ast.expr]) -> str:
        """A type variable in some types."""
        names = (n for a in arguments for n in ast.walk(a) if isinstance(n, ast.Name))
        return next((n.id for n in names if self.names.is_variable(n, self.scope)), "")

    # ---- strings ---------------------------------------------------------------------------------

    def fate(self, node: ast.expr, where: Where) -> str:
        """What becomes of a string's own quotes: "keep", "unquote", or "needs quotes" around the whole instead."""
        assert isinstance(node, ast.Constant)
        inner = inner_expression(self.file, node)
        if inner is None:
            return "needs quotes" if where.raw else "keep"
        if where.quoted:
            return "unquote"
        if self.region.when == "eager":
            return "needs quotes" if where.raw else "keep"
        names = [(n, self.scope.find(n.id)) for n in evaluated_names(inner)]
        brought = (n.id for n, found in names if not found)  # as a builtin, or by typing's star import
        if not all(hasattr(builtins, n) or (self.names.typing_star and hasattr(typing, n)) for n in brought):
            return "needs quotes" if where.raw == "union" or (where.raw and self.region.when == "lazy") else "keep"
        if where.raw:
            return "unquote"
        if "quotes" not in self.context.choices.parts or isinstance(inner, ast.Constant):
            return "keep"
        # Foo["X"]: with X under TYPE_CHECKING alone, get_type_hints may have been content with the string
        runtime = all(found is None or any(b.guard != "typing" for b in found[1]) for _, found in names)
        return "unquote" if runtime or node is self.region.node or self.region.when == "never" else "keep"


@functools.lru_cache(maxsize=8)
def reads_annotations(text: str) -> bool:
    """Whether a file works with something that evaluates annotations without a decorator or base to show it."""
    return _READERS.search(text) is not None


def _last(node: ast.expr) -> str:
    """The last name of a decorator or base: `lru_cache` for `functools.lru_cache(maxsize=None)`."""
    while isinstance(node, ast.Call | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    return last_name(node)

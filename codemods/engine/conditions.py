"""Under which condition a statement runs: read from one file as plain data, decided by the project's Python later.

What stands under `if sys.version_info < (3, 8)` holds for no test of a project that needs 3.9, and what stands under
`if sys.platform == "win32"` holds for some runs and not for others. A worker does not know the project, so it records
the conditions of the facts that have some (`Names.when`); `decide` gives True, False, or None where both ways must be
reckoned with. An `if` that asks for the version, for TYPE_CHECKING or six's PY2 is decided, through names of the module
and with `and`, `or`, `not`; everything else is unknown: a condition with the same text is the same one, and the body of
a `try` excludes its handlers.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Any, Literal

from .python import Pythons

_COMPARISONS: Mapping[type[ast.cmpop], str] = {
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=",
}  # fmt: skip
_OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq, "!=": operator.ne,
}  # fmt: skip
_MIRRORED = str.maketrans("<>", "><")
_KNOWN = {"typing.TYPE_CHECKING": False, "typing_extensions.TYPE_CHECKING": False, "six.PY2": False, "six.PY3": True}
_MOST_UNKNOWN = 6  # that many different unknown conditions are tried out together


@dataclass(frozen=True)
class Condition:
    """One condition: all, any or not of `parts`, the version compared with `bound`, or unknown. `text` is for people,
    and the name of an unknown one."""

    kind: Literal["all", "any", "not", "version", "unknown"]
    parts: tuple[Condition, ...] = ()
    text: str = ""
    sign: str = ""
    view: tuple[int | None, int | None] | int = (None, None)  # the slice or item of sys.version_info
    bound: tuple[int, ...] | int = ()

    def __str__(self) -> str:
        return self.text


When = Condition | None  # None: always

NEVER = Condition("any")


def unknown(text: str) -> Condition:
    return Condition("unknown", text=text)


def negated(when: When) -> Condition:
    return (
        NEVER if when is None else when.parts[0] if when.kind == "not" else Condition("not", (when,), f"not {when}")
    )


def both(*whens: When) -> When:
    """All of some conditions; None is none."""
    found = tuple(dict.fromkeys(w for w in whens if w is not None))
    return Condition("all", found, " and ".join(map(str, found))) if len(found) > 1 else found[0] if found else None


def either(whens: Iterable[When]) -> When:
    """One of some conditions at least; None is always."""
    found = tuple(dict.fromkeys(whens))
    known = tuple(w for w in found if w is not None)
    if len(found) != len(known):
        return None
    return known[0] if len(known) == 1 else Condition("any", known, " or ".join(map(str, known)))


# ---- decide --------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def decide(when: When, pythons: Pythons) -> bool | None:
    """Whether it holds on every Python of the project (True), on none (False), or is not known (None)."""
    if when is None:
        return True
    texts = sorted(set(_unknown(when)))
    if len(texts) > _MOST_UNKNOWN:
        return None
    found = {holds(when, *case) for case in _tried(texts, pythons)}
    return found.pop() if len(found) == 1 else None


def cases(whens: Iterable[When], pythons: Pythons) -> list[frozenset[When]]:
    """Which of some conditions hold together: one set for each case that can be. Of very many unknown conditions
    all hold, none, or all but one."""
    known = [w for w in dict.fromkeys(whens) if w is not None]
    texts = sorted({text for when in known for text in _unknown(when)})
    found = (frozenset(w for w in known if holds(w, *case) is not False) for case in _tried(texts, pythons))
    return list(dict.fromkeys(found))


def _tried(texts: Sequence[str], pythons: Pythons) -> Iterator[tuple[dict[str, bool], int]]:
    """The cases that are tried out: which of some unknown conditions hold, on which minor version."""
    if len(texts) <= _MOST_UNKNOWN:
        worlds = [dict(zip(texts, values, strict=True)) for values in product((True, False), repeat=len(texts))]
    else:
        worlds = [*({t: t != left for t in texts} for left in ("", *texts)), dict.fromkeys(texts, False)]
    return product(worlds, range(pythons[0], pythons[1] + 1))


def _unknown(when: Condition) -> Iterator[str]:
    if when.kind == "unknown":
        yield when.text
    for part in when.parts:
        yield from _unknown(part)


def holds(when: Condition, world: Mapping[str, bool], minor: int) -> bool | None:
    """Whether it holds on Python 3.minor where the unknown conditions are as given; None for some bugfix releases."""
    match when.kind:
        case "unknown":
            return world[when.text]
        case "not":
            inner = holds(when.parts[0], world, minor)
            return None if inner is None else not inner
        case "version":
            compare = _OPERATORS[when.sign]
            first, last = ((3, minor, micro, "final", 0) for micro in (0, 99))
            view = when.view if isinstance(when.view, int) else slice(*when.view)
            found = {compare(version[view], when.bound) for version in (first, last)}
            return found.pop() if len(found) == 1 else None
    values = [holds(part, world, minor) for part in when.parts]
    absorbing = when.kind == "any"
    if absorbing in values:
        return absorbing
    return None if None in values else not absorbing


# ---- read ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ConditionReader:
    """Reads conditions with the names of one module: `dotted` and `followed` as in `Names`."""

    dotted: Callable[[ast.AST], str]
    followed: Callable[[ast.expr], ast.expr]

    def test(self, node: ast.expr, depth: int = 8) -> Condition:
        """The condition that an expression is as the test of an `if`."""
        node = self.followed(node) if depth else node
        match node:
            case ast.Constant(value=value):
                return Condition("all") if value else NEVER
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return negated(self.test(operand, depth - 1))
            case ast.BoolOp(op=op, values=values):
                parts = [self.test(v, depth - 1) for v in values]
                joined = both(*parts) if isinstance(op, ast.And) else either(parts)
                return joined or Condition("all")
            case ast.Compare(left=left, ops=ops, comparators=comparators):
                sides = [left, *comparators]
                pairs = [self._compared(a, op, b) for a, op, b in zip(sides, ops, comparators, strict=False)]
                if all(pairs):
                    return both(*pairs) or Condition("all")
        known = _KNOWN.get(self.dotted(node))
        return unknown(ast.unparse(node)) if known is None else Condition("all") if known else NEVER

    def _compared(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> Condition | None:
        """A comparison of sys.version_info, or of a part of it, with numbers."""
        sign = _COMPARISONS.get(type(op), "")
        for one, other, name in ((left, right, sign), (right, left, sign.translate(_MIRRORED))):
            view, bound = self._view(one), _numbers(self.followed(other))
            if name and view is not None and bound is not None and isinstance(view, int) == isinstance(bound, int):
                return Condition("version", (), f"{ast.unparse(one)} {name} {bound}", name, view, bound)
        return None

    def _view(self, node: ast.expr) -> tuple[int | None, int | None] | int | None:
        """Which part of sys.version_info an expression is; None for anything else."""
        node = self.followed(node)
        if self._is_version(node):
            return None, None
        match node if self._is_version(getattr(node, "value", node)) else None:
            case ast.Subscript(slice=ast.Constant(value=int(index))) if index in (0, 1, 2):
                return index
            case ast.Subscript(slice=ast.Slice(lower=lower, upper=upper, step=None)):
                ends = [None if e is None else _numbers(e) for e in (lower, upper)]
                if all(e is None or isinstance(e, int) for e in ends):
                    return ends[0], ends[1]  # type: ignore[return-value]
            case ast.Attribute(attr="major" | "minor" | "micro" as attr):
                return ("major", "minor", "micro").index(attr)
        return None

    def _is_version(self, node: ast.expr) -> bool:
        return self.dotted(self.followed(node)) == "sys.version_info"


def _numbers(node: ast.expr) -> tuple[int, ...] | int | None:
    match node:
        case ast.Constant(value=int(number)):
            return number
        case ast.Tuple(elts=elements):
            numbers = [e.value for e in elements if isinstance(e, ast.Constant) and isinstance(e.value, int)]
            return tuple(numbers) if len(numbers) == len(elements) <= 3 else None
    return None


def guarded(
    body: Sequence[ast.stmt], read: Callable[[ast.expr], Condition], when: When = None
) -> Iterator[tuple[ast.stmt, When]]:
    """The statements that run in one scope, those in blocks included, each with its condition."""
    for node in body:
        yield node, when
        match node:
            case ast.If(test=test, body=inner, orelse=orelse):
                condition = read(test)
                yield from guarded(inner, read, both(when, condition))
                yield from guarded(orelse, read, both(when, negated(condition)))
            case ast.Try() | ast.TryStar():
                works = unknown(f"the `try` of line {node.lineno} works") if node.handlers else None
                yield from guarded([*node.body, *node.orelse], read, both(when, works))
                for number, handler in enumerate(node.handlers):
                    this = unknown(f"{number} of line {node.lineno}") if len(node.handlers) > 1 else None
                    yield from guarded(handler.body, read, both(when, negated(works), this))
                yield from guarded(node.finalbody, read, when)
            case ast.With(items=items, body=inner):
                quiet = any("suppress" in ast.unparse(i.context_expr) for i in items)
                works = unknown(f"the `with` of line {node.lineno} works") if quiet else None
                yield from guarded(inner, read, both(when, works))
            case ast.For(body=inner, orelse=orelse) | ast.While(body=inner, orelse=orelse):
                runs = unknown(f"the loop of line {node.lineno} runs")
                yield from guarded(inner, read, both(when, runs))
                yield from guarded(orelse, read, when)
            case ast.Match(cases=cases):
                for case in cases:
                    taken = unknown(f"the case of line {case.pattern.lineno} is taken")
                    yield from guarded(case.body, read, both(when, taken))

"""The whole chain of `|` in which a union will stand, and its operands.

A union is never judged alone: `None | Optional[int]` becomes one chain, whose operands are those of the bar and of
the union. What one of them forbids, it forbids for all; what occurs twice, occurs once.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ..engine.source import Source
from .actions import Action
from .names import UNIONS
from .strings import inner_expression, is_string
from .writing import spliced

NONE = ast.Constant(None)
Typing = Callable[[ast.expr], str | None]  # the name of typing that an expression means


@dataclass(frozen=True, slots=True)
class Chain:
    """One chain as it would stand: through parentheses, quotes and nested unions."""

    root: ast.expr
    operands: tuple[ast.expr, ...]
    strings: tuple[ast.Constant, ...] = ()  # the forward references in it, those inside of others left out
    beside: tuple[ast.expr, ...] = ()  # what stands beside a bar now


def chain_of(
    file: Source,
    root: ast.expr,
    typing: Typing,
    opens: Callable[[ast.expr], bool] = lambda node: True,
) -> Chain:
    """The chain that begins at `root`. `opens` says which unions and strings count as opened: all by default."""
    operands: list[ast.expr] = []
    strings: list[ast.Constant] = []
    beside: list[ast.expr] = []
    stack = [(root, False, False)]  # with whether it stands in quotes, and beside a bar
    while stack:
        node, quoted, bar = stack.pop()
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
            stack += [(node.right, quoted, True), (node.left, quoted, True)]
            continue
        if bar:
            beside.append(node)
        if isinstance(node, ast.Constant) and is_string(node):
            if not quoted:
                strings.append(node)
            inner = inner_expression(file, node) if opens(node) else None
            if inner is not None:
                stack.append((inner, True, bar))
                continue
        elif isinstance(node, ast.Subscript) and (name := typing(node.value)) in UNIONS and opens(node):
            stack += [(item, quoted, False) for item in reversed(operands_of(node, name))]
            continue
        operands.append(node)
    return Chain(root, tuple(operands), tuple(strings), tuple(beside))


def sides_of(node: ast.expr) -> Iterator[ast.expr]:
    """What stands beside the bars of a chain, which may be long."""
    stack = [node]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
            stack += [node.right, node.left]
        else:
            yield node


def operands_of(node: ast.Subscript, name: str | None) -> Sequence[ast.expr]:
    """What stands between the brackets of a union, with the None that Optional means."""
    items = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    return [*items, NONE] if name == "Optional" else items


def once(file: Source, typing: Typing, chain: Chain, actions: list[Action]) -> list[Action]:
    """The actions in a region, with one more that lets each operand of a chain occur once, where the others would
    bring one twice: the first of equal ones, but of None the last where that is the place that Optional gives it."""
    start, end = file.span(chain.root)
    mine = [a for a in actions if start <= a.start and a.end <= end]
    if not mine:
        return actions
    opened = {a.span for a in mine if a.kind in ("union", "unquote")}
    none_last = not any(a.span == (start, end) and a.kind == "union" and not a.none for a in mine)
    found: dict[str, str] = {}
    standing = chain_of(file, chain.root, typing, lambda node: file.span(node) in opened).operands
    for operand in standing:
        text = "None" if operand is NONE else spliced(file.text, *file.span(operand), mine)
        plain = ast.unparse(ast.parse(f"({text}\n)", mode="eval"))
        if none_last and plain == "None":
            found.pop(plain, None)
        found.setdefault(plain, text)
    twice = len(standing) - len(found)
    before = len(chain.operands) - len(set(map(ast.dump, chain.operands)))
    if not twice or (twice <= before and all(a.kind != "union" for a in mine)):
        return actions
    return [*actions, Action("chain", start, end, " | ".join(found.values()))]

"""The whole chain of `|` in which a union will stand, and how what was decided for a region is written into its text.

A union is never judged alone: `None | Optional[int]` becomes one chain, whose operands are those of the bar and of
the union. What one of them forbids, it forbids for all; what occurs twice, occurs once. What is not replaced keeps its
layout and comments.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..engine.source import Source
from .actions import Action, TypeReading
from .names import UNIONS
from .strings import in_quotes, inner_expression, is_string

NONE = ast.Constant(None)
Typing = Callable[[ast.expr], str | None]  # the name of typing that an expression means
WIDTH = 88  # a union over several lines becomes one line where that stays within
_SIGN = re.compile(r"(?:[^\[,#]|#[^\r\n]*)*[\[,]")  # up to the first bracket or comma outside of comments
_BRACKET = re.compile(r"(#[^\r\n]*)|[()\]]")
_LAID_OUT = re.compile(r"(\([ \t]*[\r\n]\s*)(.*?)(\s*\))", re.S)
_LINE = re.compile(r"(?:\r\n|\r|\n)[ \t\f]*\Z")  # the last line's beginning


@dataclass(frozen=True, slots=True)
class Chain:
    """One chain as it would stand: through parentheses, quotes and nested unions."""

    root: ast.expr
    operands: tuple[ast.expr, ...]
    strings: tuple[ast.Constant, ...] = ()  # the forward references in it, those inside of others left out


def chain_of(
    file: Source,
    root: ast.expr,
    typing: Typing,
    opens: Callable[[ast.expr], bool] = lambda node: True,
) -> Chain:
    """The chain that begins at `root`. `opens` says which unions and strings count as opened: all by default."""
    operands: list[ast.expr] = []
    strings: list[ast.Constant] = []
    stack = [(root, False)]  # with whether it stands in quotes
    while stack:
        node, quoted = stack.pop()
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
            stack += [(node.right, quoted), (node.left, quoted)]
            continue
        if isinstance(node, ast.Constant) and is_string(node):
            if not quoted:
                strings.append(node)
            inner = inner_expression(file, node) if opens(node) else None
            if inner is not None:
                stack.append((inner, True))
                continue
        elif isinstance(node, ast.Subscript) and (name := typing(node.value)) in UNIONS and opens(node):
            stack += [(item, quoted) for item in reversed(operands_of(node, name))]
            continue
        operands.append(node)
    return Chain(root, tuple(operands), tuple(strings))


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


# ---- written text --------------------------------------------------------------------------------


class Unsupported(Exception):
    """The layout of a union cannot be kept; the message is the reason."""


def written(file: Source, reading: TypeReading) -> str:
    """The region's new text: unions on one line where that is short enough, else line by line. Raises Unsupported."""
    start, end = file.span(reading.region.node)
    text = _region(file, reading, collapse=True)
    first, last = file.line_of(start), file.line_of(end)
    if first == last:
        return text
    around = file.text[file.line_starts[first - 1] : start], file.text[end : file.line_end(last)].rstrip()
    if any(len(line) > WIDTH for line in text.join(around).splitlines()):
        text = _region(file, reading, collapse=False)
    comments = [file.comments.get(n, "") for n in range(first, last)] if "#" in file.text[start:end] else []
    if any(text.count(c) < comments.count(c) for c in comments if c):
        raise Unsupported("a comment would be lost")
    return text


def _region(file: Source, reading: TypeReading, collapse: bool) -> str:
    start, end = file.span(reading.region.node)
    if reading.quote is None:
        return spliced(file.text, start, end, reading.actions, collapse)
    first, last = reading.quote
    text = spliced(file.text, first, last, reading.actions, collapse)
    laid_out = _LAID_OUT.fullmatch(text) if any(a.span == reading.quote for a in reading.actions) else None
    opens, text, closes = laid_out.groups() if laid_out else ("", text, "")
    if "\n" in text or "\r" in text:
        text = ast.unparse(ast.parse(f"({text}\n)", mode="eval"))
    if (literal := in_quotes(text)) is None:
        raise Unsupported("the text cannot be put into quotes")
    return f"{file.text[start:first]}{opens}{literal}{closes}{file.text[last:end]}"


def spliced(text: str, start: int, end: int, actions: Iterable[Action], collapse: bool = True) -> str:
    """A span with each action in it done; nested actions touch different characters, but for those in a chain."""
    mine = [a for a in actions if start <= a.start and a.end <= end]
    chains = [a.span for a in mine if a.kind == "chain"]
    pieces = sorted(piece for action in mine for piece in _pieces(text, action, collapse))
    new, at = [], start
    for a, b, piece in pieces:
        if all(b <= c or d <= a or (a, b) == (c, d) for c, d in chains):
            new += [text[at:a], piece]
            at = b
    return "".join([*new, text[at:end]])


def _pieces(text: str, action: Action, collapse: bool) -> Iterable[tuple[int, int, str]]:
    """The spans that an action replaces, each with what comes there."""
    start, end = action.span
    if action.kind == "unquote":
        width = (end - start - len(action.text)) // 2
        return (start, start + width, ""), (end - width, end, "")
    if action.kind != "union":
        return ((start, end, action.text),)
    ends = [start, *(b for _, b in action.operands)]
    begins = [*(a for a, _ in action.operands), end]
    gaps = [_space(text[a:b]) for a, b in zip(ends, begins, strict=True)]
    joints = _joints(gaps, action.none, collapse)
    for number, (a, b) in enumerate(action.operands):
        if _needs_parentheses(text[a:b]):
            joints[number] += "("
            joints[number + 1] = ")" + joints[number + 1]
    return zip(ends, begins, joints, strict=True)


def _space(gap: str) -> str:
    """The white space and comments behind the bracket or comma that stands in front of, between or behind operands."""
    sign = _SIGN.match(gap)
    if sign and "#" in sign[0]:
        raise Unsupported("a comment stands before a comma")
    return _BRACKET.sub(lambda match: match[1] or "", gap[sign.end() if sign else 0 :])


def _joints(gaps: list[str], none: bool, collapse: bool) -> list[str]:
    """What comes before, between and behind the operands of a union: every operand on the line it has, its `|` before
    it, parentheses for the brackets; or all on one line."""
    head, *between, tail = gaps
    comments = any("#" in gap for gap in gaps)
    broken = any(_LINE.search(gap) for gap in gaps) and (comments or not collapse)
    if not broken:
        return ["", *(" | " for _ in between), " | None" if none else ""]
    if not between and not none:
        if comments:
            raise Unsupported("a comment stands beside the only operand")
        return ["", ""]
    line, last = _LINE.search(head), _LINE.search(tail)
    if none and last and "#" in tail:
        tail = f"{tail[: last.start()]}{(line or last)[0]}| None{last[0]}"
    elif none:
        tail = f"{line[0] if line else ' '}| None{tail}"
    return [f"({head}", *(f"{gap if _LINE.search(gap) else ' '}| " for gap in between), f"{tail})"]


def _needs_parentheses(operand: str) -> bool:
    """Whether an operand goes over lines that nothing in it holds together."""
    if "\n" not in operand and "\r" not in operand:
        return False
    try:
        ast.parse(operand, mode="eval")
    except SyntaxError:
        return True
    return False

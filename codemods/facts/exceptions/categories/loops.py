"""Loops that one failure must not end: over items, of a worker, of attempts."""

from __future__ import annotations

import ast
import re

from ....engine.names import last_name
from .looks import Category, Look, Loop, ends, inside

_GOES_ON = re.compile(
    r"^_*(is_?)?(running|active|alive|started|connected|open|listening|continue|keep\w*|should_run|work\w*|do_run)$"
)
_STOPS = re.compile(r"stop|shutdown|shut_down|exit|clos|quit|cancel|done|terminat|finish|kill|abort|end", re.I)
_ATTEMPT = re.compile(
    r"^_*(\w+_)?(attempts?|retry|retries|tries|try_?\w*|trial|retry_?\w*|num_?retries|attempt_\w+|i|_|n)$", re.I
)
_SURE_ATTEMPT = re.compile(r"attempt|retr(y|ies)|tries|trial", re.I)


def isolates(look: Look) -> Category | None:
    """Each pass of a loop handles one item, and one that fails does not stop the rest."""
    loop = look.loop
    if not isinstance(loop, ast.For | ast.AsyncFor):
        return None
    items = {n.id for n in ast.walk(loop.target) if isinstance(n, ast.Name)}
    tries = any(_leaves_loop(look, n) for n in look.runs)
    goes_on = look.is_last or ends(look.handler, ast.Continue)
    if tries or not goes_on or not look.is_quiet(counts=True):
        return None
    for node in look.body:  # what is made of the item stands for it
        match node:
            case ast.Assign(targets=targets, value=value) if look.mentions(value, items):
                items |= {n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name)}
    for call in look.calls:
        given = [*call.args, *(k.value for k in call.keywords)]
        on_item = isinstance(call.func, ast.Attribute) and look.mentions(call.func.value, items)
        if look.is_builtin(call.func) or look.tells(call):
            continue
        if on_item or any(look.mentions(a, items) for a in given):
            first = loop.target.elts[0] if isinstance(loop.target, ast.Tuple) else loop.target
            name = first.id if isinstance(first, ast.Name) and 3 <= len(first.id) <= 24 else "item"
            return Category(code="N13-isolates", words=f"one {name} must not stop the others", hard=False)
    return None


def _leaves_loop(look: Look, node: ast.AST) -> bool:
    """Whether a node of the body ends the loop: a `break` of a loop further in does not."""
    if not isinstance(node, ast.Break):
        return isinstance(node, ast.Return)
    holder = next(n for n in look.file.ancestors(node) if isinstance(n, Loop))
    return holder is look.loop or node in holder.orelse


def worker(look: Look) -> Category | None:
    """A loop that runs as long as the service does."""
    loop = look.loop
    if not isinstance(loop, ast.While) or not _endless(loop.test):
        return None
    tries = any(isinstance(n, ast.Return | ast.Break) for n in (look.body[-1], *look.clause.statement.body[-1:]))
    if tries or look.share(loop) < 0.5 or _leaves(look) or not any(True for _ in look.calls):
        return None
    if _is_attempt(look, loop):
        return None
    return Category(code="N14-worker", words="one failed pass must not end the loop", hard=False)


def _endless(test: ast.expr) -> bool:
    """Whether a loop runs until somebody stops it."""
    match test:
        case ast.Constant(value=value):
            return bool(value)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return bool(_STOPS.search(ast.unparse(operand)))
        case ast.Name() | ast.Attribute():
            return bool(_GOES_ON.match(last_name(test)))
        case ast.BoolOp(op=ast.And(), values=values):
            return all(_endless(v) for v in values)
    return False


def _leaves(look: Look) -> bool:
    return any(isinstance(n, ast.Break | ast.Return | ast.Raise) for n in look.handling)


def retries(look: Look) -> Category | None:
    """A loop of attempts: what failed is tried again."""
    loop = look.loop
    if loop is None or not _is_attempt(look, loop):
        return None
    sleeps = any(isinstance(n, ast.Call) and "sleep" in last_name(n.func) for n in inside(loop.body))
    if not sleeps:
        return None
    return Category(code="N24-retries", words="what fails is tried again", hard=False)


def _is_attempt(look: Look, loop: ast.For | ast.AsyncFor | ast.While) -> bool:
    """Whether the passes of a loop are attempts at the same thing: success leaves it."""
    leaves = any(isinstance(n, ast.Return | ast.Break) for n in look.runs)
    leaves = leaves or any(
        isinstance(n, ast.Return | ast.Break) for n in (*getattr(look.clause.statement, "orelse", ()), loop.body[-1])
    )
    if isinstance(loop, ast.While):
        counted = any(
            isinstance(n, ast.AugAssign) and _SURE_ATTEMPT.search(ast.unparse(n.target)) for n in inside(loop.body)
        )
        return bool(_SURE_ATTEMPT.search(ast.unparse(loop.test))) or (leaves and counted)
    counts = isinstance(loop.iter, ast.Call) and last_name(loop.iter.func) in ("range", "enumerate", "count")
    target = ast.unparse(loop.target)
    return leaves and counts and bool(_ATTEMPT.match(target))

"""What is to be done with one site, from what the project says about it and what the test does with it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..base import Safety
from ..facts.coroutines import UNKNOWN, Answer
from . import awaitables, unwrapping
from .mocks import Mocks
from .sites import CONFIG, Site
from .value import AWAIT_API, LIBRARIES, Value

LEVELS = {"typed": "V5", "ctor": "V6", "await": "V7", "name": "V8"}
_AWAITING = {
    "gather", "wait_for", "create_task", "ensure_future", "run_until_complete", "run", "shield", "as_completed",
    "async_to_sync", "run_coroutine_threadsafe", "async_create_task",
}  # fmt: skip
_THREADS = {
    "to_thread",
    "run_in_executor",
    "Thread",
    "run_in_threadpool",
    "submit",
    "sync_to_async",
}
_TASKS = (
    "task",
    "future",
    "coroutine",
    "gather",
    "wait",
    "shield",
    "run_until_complete",
    "spawn",
    "start_soon",
)
_MAKES_TASKS = re.compile(
    r"create_task|ensure_future|run_coroutine_threadsafe|async_create|add_job|start_soon"
)
_BROAD = {"Exception", "BaseException", "TypeError"}


@dataclass(frozen=True)
class Known:
    """What `share` gives for one file: answers by type path, and the fixtures of other files."""

    answers: dict[str, Answer] = field(default_factory=dict)
    fixtures: dict[str, tuple[str, tuple[str, ...]]] = field(
        default_factory=dict
    )  # → (sort of mock, set children)
    old_python: str = ""
    backport: str = "the project's requirements do not say mock>=4, which has AsyncMock"

    def ask(self, path: str) -> Answer:
        return self.answers.get(path, UNKNOWN)


@dataclass(frozen=True)
class Verdict:
    """`code` says why the site is left alone; with none it is changed, as far as `safety` allows."""

    safety: Safety = Safety.SAFE
    reason: str = ""
    code: str = ""
    wrap_result: bool = False  # the result needs to be a plain mock of its own
    answer: Answer = UNKNOWN
    to: str = "AsyncMock"
    normalize: bool = False


def judge(mocks: Mocks, site: Site, known: Known, level: str, normalize: bool) -> Verdict | None:
    """None where the site is no mock of a coroutine function, as far as anyone can tell."""
    answers = [(v, known.ask(v.path)) for v in site.roles if v.path]
    answers = [(v, a) for v, a in answers if a.kind != "unknown"]
    if site.style in ("config", "key") and not _automatic(site, known):
        return None
    fitting = [(v, a) for v, a in answers if a.kind in ("coroutine", "callable")]
    others = [(v, a) for v, a in answers if a.kind not in ("coroutine", "callable")]
    if site.mock == "AsyncMock":
        if fitting and not others:
            return Verdict(to="", answer=fitting[0][1])
        return _over_async(others) if others and not fitting else None
    if others:
        return _conflict(fitting, others)
    if site.style == "factory":
        reason = "a helper or a subclass of Mock makes this mock of a coroutine function"
        return Verdict(code="M28-factory", reason=reason) if fitting else None
    if fitting:
        evidence, answer = min(((v.evidence, a) for v, a in fitting), key=lambda p: p[0])
        what = (
            f"`{answer.name}` is a coroutine function"
            if answer.kind == "coroutine"
            else "an awaitable is expected here"
        )
    elif awaited(mocks, site):
        evidence, answer, what = "V7", UNKNOWN, "the test awaits it"
    else:
        evidence, answer = "V8", _by_name(site, known)
        what = f"everything named `{answer.name}` is a coroutine function that the project awaits"
        if answer.kind != "coroutine":
            return None
    if evidence > LEVELS[level]:
        return None
    return _swap(mocks, site, known, evidence, answer, what, normalize)


def _automatic(site: Site, known: Known) -> bool:
    """Whether the children of the holder are made by an untyped mock, so that they are plain mocks."""
    return any(sort_of(v, known, site.names[0]) == "plain" for v in site.holders)


def sort_of(value: Value, known: Known, child: str) -> str:
    """What sort of mock a value is, now that patch targets and far fixtures are known; "" where a
    fixture sets the child."""
    if value.guard and known.ask(value.guard).kind == "coroutine":
        return "async"
    if value.mock != "fixture":
        return value.mock
    name, *steps = value.path.removeprefix("fixture:").replace("()", ".return_value").split(".")
    sort, children = known.fixtures.get(name, ("", ()))
    if any(".".join([*steps, child][:size]) in children for size in range(1, len(steps) + 2)):
        return ""
    return "plain" if steps and sort == "spec" else sort


def _over_async(others: list[tuple[Value, Answer]]) -> Verdict | None:
    """An AsyncMock that stands for a plain function, which nobody awaits."""
    for v, a in others:
        if a.kind != "sync" or a.awaitable != "no" or a.doubt or v.evidence > "V5":
            return None
    answer = others[0][1]
    if answer.awaited:
        return Verdict(
            code="M13-awaits-sync",
            reason=f"`{answer.name}` is no coroutine function, but the project awaits it",
        )
    reason = f"`{answer.name}` is no coroutine function, its AsyncMock gives a coroutine that nobody awaits"
    return Verdict(Safety.UNSAFE, reason, "M30-over-async", answer=answer, to="MagicMock")


def _conflict(
    fitting: list[tuple[Value, Answer]], others: list[tuple[Value, Answer]]
) -> Verdict | None:
    if not fitting:
        answer = others[0][1]
        if (
            answer.kind == "sync"
            and answer.awaited
            and answer.awaitable != "yes"
            and not answer.doubt
        ):
            reason = f"`{answer.name}` is no coroutine function, but the project awaits it"
            return Verdict(code="M13-awaits-sync", reason=reason)
        return None
    names = sorted({a.name or a.kind for _, a in [*fitting, *others]})
    return Verdict(
        code="M26-two-roles", reason=f"one mock stands for different things: {', '.join(names)}"
    )


def _by_name(site: Site, known: Known) -> Answer:
    if any(v.path for v in site.roles):
        return UNKNOWN  # something is known of the object, only not enough
    for name in site.names:
        if (answer := known.ask(f"?.{name}")).kind == "coroutine":
            return answer
    return UNKNOWN


def _swap(
    mocks: Mocks,
    site: Site,
    known: Known,
    evidence: str,
    answer: Answer,
    what: str,
    normalize: bool,
) -> Verdict:
    if known.old_python:
        return Verdict(
            code="M32-old-python", reason=f"AsyncMock is new in Python 3.8, and {known.old_python}"
        )
    if blocked := next(_vetoes(mocks, site, answer), None):
        return blocked
    doubts = [answer.doubt] if answer.doubt else []
    if answer.bare:
        doubts.append("M12-not-awaited: the project calls it without await")
    if answer.handed and not answer.awaited and (doubt := _handed_on(mocks, site)):
        doubts.append(doubt)
    if called_plainly(mocks, site):
        doubts.append("the test calls it without await")
    given = _given(mocks, site, known)
    if (
        given == awaitables.YES
        and asks_for_awaits(mocks, site)
        and all(unwrapping.unwrap(mocks, v, slot(mocks, v), known.ask) == [] for v in site.values)
    ):
        given = awaitables.NO  # right under AsyncMock as it is, and a Mock has no such assertion
    if given == awaitables.YES:
        if not normalize or any(
            unwrapping.unwrap(mocks, v, slot(mocks, v), known.ask) is None for v in site.values
        ):
            reason = f"{what} ({evidence}), but the mock already gives something to await"
            return Verdict(code="M20-already-awaitable", reason=reason)
        doubts.append("its values are unwrapped")
    elif given == awaitables.UNSURE:
        doubts.append("what it gives may be awaitable already")
    safety = (
        Safety.SUGGEST
        if evidence == "V8"
        else Safety.UNSAFE
        if evidence >= "V6" or doubts
        else Safety.SAFE
    )
    reason = "; ".join([f"{what} ({evidence})", *doubts, *_remarks(mocks, site)])
    return Verdict(
        safety,
        reason,
        "",
        _needs_result(mocks, site, answer),
        answer,
        normalize=given == awaitables.YES,
    )


def _given(mocks: Mocks, site: Site, known: Known) -> str:
    """Whether the mock's values are awaitable already."""
    found = {awaitables.NO}
    for value in site.values:
        if slot(mocks, value) == "side_effect":
            found.add(awaitables.effect(mocks, value, known.ask))
        else:
            found.add(awaitables.value(mocks, value, known.ask))
    call = site.node
    if (
        site.style == "call"
        and isinstance(call, ast.Call)
        and any(k.arg == "wraps" for k in call.keywords)
    ):
        return awaitables.YES
    return next(a for a in (awaitables.YES, awaitables.UNSURE, awaitables.NO) if a in found)


def slot(mocks: Mocks, value: ast.expr) -> str:
    """ "return_value" or "side_effect": what a value is given as."""
    parent = mocks.file.parents.get(value)
    match parent:
        case ast.keyword(arg=str(name)):
            return name
        case ast.Assign(targets=[ast.Attribute(attr=name), *_]):
            return name
        case ast.Dict(keys=keys, values=values):
            return mocks.text(keys[values.index(value)]).rpartition(".")[2]
    return "return_value"


# ---- what the test does with the mock ----------------------------------------------------------


def calls(mocks: Mocks, site: Site) -> Iterator[ast.Call]:
    """The calls of the mock in its own file."""
    for use in site.uses:
        parent = mocks.file.parents.get(use)
        if isinstance(parent, ast.Call) and parent.func is use:
            yield parent


def awaited(mocks: Mocks, site: Site) -> bool:
    """Whether the test itself awaits what the mock gives, and does not enter or iterate it."""
    found = False
    for call in calls(mocks, site):
        parent = mocks.file.parents.get(call)
        if isinstance(parent, ast.Await) or (
            isinstance(parent, ast.Call) and _name(parent.func) in _AWAITING and call in parent.args
        ):
            found = True
        elif isinstance(parent, ast.withitem | ast.AsyncFor | ast.comprehension):
            return False
    return found or asks_for_awaits(mocks, site)


def asks_for_awaits(mocks: Mocks, site: Site) -> bool:
    """Whether the test asserts that the mock was awaited, which a plain mock cannot tell."""
    parents = (mocks.file.parents.get(use) for use in site.uses)
    return any(isinstance(p, ast.Attribute) and p.attr in AWAIT_API for p in parents)


def called_plainly(mocks: Mocks, site: Site) -> bool:
    """Whether the test calls the mock and uses the result at once."""
    for call in calls(mocks, site):
        parent = mocks.file.parents.get(call)
        if isinstance(
            parent,
            ast.Expr
            | ast.Compare
            | ast.Attribute
            | ast.Subscript
            | ast.Assert
            | ast.BoolOp
            | ast.UnaryOp,
        ):
            return True
    return False


def _handed_on(mocks: Mocks, site: Site) -> str:
    """Why it matters that the project hands the coroutine to a task: an exception comes later, or
    the test mocks what makes the task."""
    for value in site.values:
        named = value.func if isinstance(value, ast.Call) else value
        if (
            slot(mocks, value) == "side_effect"
            and isinstance(named, ast.Name | ast.Attribute)
            and _name(named)[:1].isupper()
        ):
            return "its exception is raised when the task runs, no more when it is called"
    function = mocks.places.function(site.node)
    if function is not None and _MAKES_TASKS.search(mocks.file.segment(function)):
        return "the project hands its coroutine on, and the test speaks of what takes it"
    return ""


def _vetoes(mocks: Mocks, site: Site, answer: Answer) -> Iterator[Verdict]:
    if _is_checked(mocks, site):
        yield Verdict(
            code="M24-isinstance",
            reason="the test checks that it is a MagicMock, which AsyncMock is not",
        )
    for use in site.uses:
        parent = mocks.file.parents.get(use)
        if isinstance(parent, ast.keyword):
            parent = mocks.file.parents.get(parent)
        if (
            isinstance(parent, ast.Call)
            and parent.func is not use
            and _name(parent.func) in _THREADS
        ):
            yield Verdict(
                code="M23-thread", reason="the test gives it to a thread, where nobody awaits"
            )
    if answer.thread:
        yield Verdict(
            code="M23-thread", reason=f"{answer.thread} gives it to a thread, where nobody awaits"
        )
    if _overrides_dependency(mocks, site):
        yield Verdict(
            code="M23-thread",
            reason="a dependency override is called by the framework, async or not",
        )
    if answer.dual and answer.kind == "callable":
        yield Verdict(
            code="M22-dual-mode",
            reason="the project looks whether it is a coroutine function, a swap changes the branch",
        )
    if _compared(mocks, site):
        yield Verdict(
            code="M21-identity",
            reason="its return value is compared where a coroutine is handed on: each call makes a new one",
        )


def _is_checked(mocks: Mocks, site: Site) -> bool:
    for use in site.uses:
        match mocks.file.parents.get(use):
            case ast.Call(
                func=ast.Name(id="isinstance" | "assertIsInstance"), args=[first, cls]
            ) if first is use:
                return any(mocks.mock_name(n) == "MagicMock" for n in ast.walk(cls))
            case ast.Call(func=ast.Attribute(attr="assertIsInstance"), args=[first, cls]) if (
                first is use
            ):
                return any(mocks.mock_name(n) == "MagicMock" for n in ast.walk(cls))
    return False


def _overrides_dependency(mocks: Mocks, site: Site) -> bool:
    for node in (site.node, *site.uses):
        match mocks.file.parents.get(node):
            case ast.Assign(
                targets=[ast.Subscript(value=ast.Attribute(attr="dependency_overrides")), *_]
            ):
                return True
    return False


def _compared(mocks: Mocks, site: Site) -> bool:
    """`create_task.assert_called_with(m.return_value)`: holds only while a call gives that very object."""
    for use in site.uses:
        parent = mocks.file.parents.get(use)
        if not (isinstance(parent, ast.Attribute) and parent.attr == "return_value"):
            continue
        for outer in mocks.file.ancestors(parent):
            if isinstance(outer, ast.stmt):
                break
            if (
                isinstance(outer, ast.Call)
                and isinstance(outer.func, ast.Attribute)
                and outer.func.attr.startswith("assert_")
            ):
                owner = ast.unparse(outer.func.value).lower()
                if any(word in owner for word in _TASKS):
                    return True
    return False


def _needs_result(mocks: Mocks, site: Site, answer: Answer) -> bool:
    """Whether the result must stay a plain mock: it is configured or used, and nothing sets it."""
    set_values = any(slot(mocks, v) == "return_value" for v in site.values) or any(
        slot(mocks, v) == "side_effect" for v in site.values
    )
    if set_values or site.style == "key":
        return False
    if answer.result_called:
        return True
    for node in [*site.uses, *_stores(mocks, site)]:
        parent = mocks.file.parents.get(node)
        if isinstance(parent, ast.Attribute) and parent.attr == "return_value":
            outer = mocks.file.parents.get(parent)
            if isinstance(outer, ast.Attribute):
                return True
        if (
            isinstance(parent, ast.Call)
            and parent.func is node
            and isinstance(mocks.file.parents.get(parent), ast.Await)
        ):
            await_ = mocks.file.parents[parent]
            result = mocks.file.parents.get(await_)
            if isinstance(result, ast.Attribute) and isinstance(
                mocks.file.parents.get(result), ast.Call
            ):
                return not isinstance(mocks.file.parents.get(mocks.file.parents[result]), ast.Await)
    call = site.node
    if site.style == "call" and isinstance(call, ast.Call):
        mappings = [
            k.value for k in call.keywords if k.arg is None and isinstance(k.value, ast.Dict)
        ]
        return any(mocks.text(key).startswith("return_value.") for m in mappings for key in m.keys)
    return False


def _stores(mocks: Mocks, site: Site) -> Iterator[ast.expr]:
    for place in site.places:
        for use in mocks.places.uses.get(place, []):
            if use not in site.uses:
                yield use


def _remarks(mocks: Mocks, site: Site) -> Iterator[str]:
    """What a reader of the change should know: the test's outcome may depend on the broken mock."""
    function = mocks.places.function(site.node)
    if function is None:
        return
    for node in ast.walk(function):
        match node:
            case (
                ast.ExceptHandler(type=None)
                | ast.ExceptHandler(type=ast.Name(id="Exception" | "BaseException" | "TypeError"))
            ):
                yield "M14-tolerant: the test catches the TypeError of a mock that cannot be awaited"
                return
            case ast.Compare(
                ops=[ast.In()],
                comparators=[ast.Tuple(elts=codes) | ast.List(elts=codes) | ast.Set(elts=codes)],
            ):
                if any(isinstance(c, ast.Constant) and c.value == 500 for c in codes):
                    yield "M14-tolerant: the test accepts a failure"
                    return
            case ast.Call(func=ast.Attribute(attr="raises"), args=[ast.Name(id=name), *_]) if (
                name in _BROAD | {"StopIteration"}
            ):
                yield (
                    "M16-stop-iteration: AsyncMock raises StopAsyncIteration"
                    if name == "StopIteration"
                    else "M14-tolerant: the test expects a broad exception"
                )
                return


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def queries(mocks: Mocks, sites: list[Site]) -> Iterator[str]:
    """Every type path that a judgement of these sites may ask about."""
    for site in sites:
        yield from (v.path for v in site.roles if v.path)
        yield from (v.guard for v in site.holders if v.guard)
        if not any(v.path for v in site.roles):
            yield from (f"?.{name}" for name in site.names)
        for value in site.values:
            yield from awaitables.paths(mocks, value)


__all__ = ["CONFIG", "LIBRARIES", "Known", "Verdict", "judge", "queries"]

"""What is to be done with one site, from what the project says about it and what the test does with it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..engine.values import Edit, Safety
from . import awaitables, reach, untyped, usage
from .coroutines import UNKNOWN, Answer
from .fixtures import FixtureFacts
from .mocks import Mocks
from .sites import Site
from .value import Value

Left = tuple[str, str]  # code and reason of a site that is left alone
Unwrapped = tuple[tuple[ast.expr, tuple[Edit, ...]], ...]  # values that gave something to await, and their edits
ASYNC = {"coroutine": "V1", "callable": "V1", "awaited": "V7"}  # kinds that want an AsyncMock → evidence at best
LEVELS = {"typed": "V5", "ctor": "V6", "await": "V7", "name": "V8"}


@dataclass(frozen=True)
class Told:
    """What `share` gives for one file: answers by type path, and the fixtures of other files."""

    answers: dict[str, Answer] = field(default_factory=dict)
    fixtures: dict[str, FixtureFacts] = field(default_factory=dict)  # as the file's tests ask for them
    replaced: frozenset[str] = frozenset()  # names that other files' fixtures put something in the place of
    old_python: str = ""
    backport: str = "the project's requirements do not say mock>=4, which has AsyncMock"

    def ask(self, path: str) -> Answer:
        return self.answers.get(path, UNKNOWN)


@dataclass(frozen=True)
class Verdict:
    """A site is changed, as far as `safety` allows; `to` is empty for an AsyncMock where it belongs."""

    safety: Safety = Safety.SAFE
    reason: str = ""
    wrap_result: bool = False  # the result needs to be a plain mock of its own
    answer: Answer = UNKNOWN
    to: str = "AsyncMock"
    unwrapped: Unwrapped = ()


def judge(mocks: Mocks, site: Site, told: Told, level: str, normalize: bool) -> Verdict | Left | None:
    """What becomes of a site; None where it is no mock of a coroutine function, as far as anyone can tell."""
    answers = [(v, told.ask(v.path)) for v in site.roles if v.path]
    plain = next((a for _, a in answers if a.kind == "plain"), None)
    answers = [(v, a) for v, a in answers if a.kind not in ("unknown", "plain")]
    if site.style in ("config", "key") and not _automatic(site, told):
        return None
    if site.spec and not (site.mock != "AsyncMock" and any(a.kind == "callable" for _, a in answers)):
        return None
    fitting = [(v, a) for v, a in answers if a.kind in ASYNC]
    others = [(v, a) for v, a in answers if a.kind not in ASYNC]
    if untyped.by_language(site) is not None:  # what it gives is known, not what it is
        others = [(v, a) for v, a in others if a.kind != "object"]
    if site.mock == "AsyncMock":
        if fitting and not others:
            return Verdict(to="", answer=fitting[0][1])
        return _over_async(others) if others and not fitting else None
    for answer in (a for _, a in others if a.kind == "ambiguous"):
        return "C011-unresolved-module", f"`{answer.name}` may be in {answer.where}"
    for answer in (a for _, a in others if a.kind == "mixed"):
        return _mixed(answer)
    if others:
        found = _conflict(fitting, others)
        whole = "" if found else untyped.whole(mocks, site, [a for _, a in others])
        return ("M33-unknown" if "__enter__" in site.names else "M34-whole-object", whole) if whole else found
    if site.style == "factory":
        reason = "a helper or a subclass of Mock makes this mock of a coroutine function"
        return ("M28-factory", reason) if fitting else None
    if fitting:
        evidence, answer = min(((max(v.evidence, ASYNC[a.kind]), a) for v, a in fitting), key=lambda p: p[0])
        unseen = {v.path for v in site.roles} - {v.path for v, _ in answers} - {""}
        if not all(path.startswith("fixture:") for path in unseen):
            evidence = max(evidence, "V6")  # what else it may be cannot be seen
        what = {
            "coroutine": f"`{answer.name}` is a coroutine function",
            "callable": f"`{answer.name}` gives an awaitable" if answer.name else "an awaitable is expected here",
            "awaited": f"the project awaits it{f' in {answer.where}' if answer.where else ''}",
        }[answer.kind]
    elif (name := untyped.by_language(site)) is not None:
        evidence, answer, what = "V5", UNKNOWN, f"Python awaits what `{name}` gives"
    elif usage.awaited(mocks, site):
        evidence, answer, what = "V7", UNKNOWN, "the test awaits it"
    elif plain is not None:
        reason = f"nothing says what it stands for: the project {plain.loose[0]}, and awaits it nowhere"
        return ("M33-unknown", reason) if untyped.runs(mocks, site) else None
    elif (name := untyped.wrapped(mocks, site)) is not None:
        evidence, answer, what = "V7", UNKNOWN, f"the test awaits what `{name}` makes of it"
    else:
        evidence, answer = "V8", _by_name(site, told)
        if answer.kind in ("unknown", "several"):
            if untyped.wraps(mocks, site, told.ask):
                return "M20-already-awaitable", "it wraps a coroutine function, and gives what that gives"
            reason = untyped.left(mocks, site, told.ask)
            return ("M33-unknown", reason) if reason else None
        if answer.kind == "untyped":
            what = f"the project awaits whatever is called `{answer.name}`, but nothing says what this object is"
            if not untyped.runs(mocks, site):
                return "M31-untyped", what
        else:
            what = f"everything named `{answer.name}` is a coroutine function that the project awaits"
    if evidence > LEVELS[level]:
        return None
    if evidence == "V8" and (taken := _taken(mocks, site, answer, told)):
        return "M33-unknown", f"{what}, and `{taken}`, which takes its coroutine, is replaced here"
    return _swap(mocks, site, told, evidence, answer, what, normalize)


def _automatic(site: Site, told: Told) -> bool:
    """Whether the children of the holder are made by an untyped mock, so that they are plain mocks."""
    return any(sort_of(v, told, site.names[0]) == "plain" for v in site.holders)


def sort_of(value: Value, told: Told, child: str) -> str:
    """What sort of mock a value is, now that patch targets and far fixtures are known; "" where a
    fixture sets the child."""
    if value.guard and told.ask(value.guard).kind == "coroutine":
        return "async"
    if value.mock != "fixture":
        return value.mock
    name, *steps = value.path.removeprefix("fixture:").replace("()", ".return_value").split(".")
    fixture = told.fixtures.get(name)
    if fixture is None or any(".".join([*steps, child][:n]) in fixture.children for n in range(1, len(steps) + 2)):
        return ""
    return "plain" if steps and fixture.sort == "spec" else fixture.sort


def _over_async(others: list[tuple[Value, Answer]]) -> Verdict | Left | None:
    """An AsyncMock that stands for a plain function, which nobody awaits."""
    if any(a.kind != "sync" or a.awaitable != "no" or a.doubt or v.evidence > "V6" for v, a in others):
        return None
    answer = others[0][1]
    reason = f"`{answer.name}` is no coroutine function, its AsyncMock gives a coroutine that nobody awaits"
    return _awaited_anyway(answer) or Verdict(safety=Safety.UNSAFE, reason=reason, answer=answer, to="MagicMock")


def _awaited_anyway(answer: Answer) -> Left | None:
    """A plain function whose result the project awaits, though it is nothing to await."""
    if answer.kind != "sync" or not answer.awaited or answer.awaitable != "no" or answer.doubt:
        return None
    return "M13-awaits-sync", f"`{answer.name}` is no coroutine function, but the project awaits it"


def _conflict(fitting: list[tuple[Value, Answer]], others: list[tuple[Value, Answer]]) -> Left | None:
    if not fitting:
        return _awaited_anyway(others[0][1])
    names = sorted({a.name or a.kind for _, a in [*fitting, *others]})
    return "M26-two-roles", f"one mock stands for different things: {', '.join(names)}"


def _mixed(answer: Answer) -> Left:
    """Weak evidence, and not every use of it is an `await`: what this mock meets is not known."""
    if answer.dual or answer.asked:
        return "M22-dual-mode", _looked_at(answer)
    awaits = f"awaits it in {answer.where}" if answer.where else "awaits it"
    thread = answer.thread and f"gives it to a thread in {answer.thread}"
    uses = "; ".join(filter(None, [awaits, *answer.loose, thread]))
    return "M26-two-roles", f"the project uses `{answer.name}` in more than one way: {uses}"


def _by_name(site: Site, told: Told) -> Answer:
    found = [told.ask(f"?.{name}") for name in site.names]
    return next((a for a in found if a.kind in ("coroutine", "untyped")), UNKNOWN)


def _swap(
    mocks: Mocks, site: Site, told: Told, evidence: str, answer: Answer, what: str, normalize: bool
) -> Verdict | Left:
    if told.old_python:
        return "M32-old-python", f"AsyncMock is new in Python 3.8, and {told.old_python}"
    if (veto := _veto(mocks, site, answer)) is not None:
        return veto
    if answer.loose and (evidence >= "V7" or (evidence == "V6" and answer.awaited)):
        return _mixed(answer)
    if evidence == "V7" and answer is UNKNOWN and usage.called_plainly(mocks, site):
        return "M26-two-roles", "the test awaits it, and uses it without await"
    doubts = list(_doubts(mocks, site, answer, told))
    given = _given(mocks, site, told)
    edits: Unwrapped = ()
    if given == awaitables.YES:
        unwrapped = _unwrapped(mocks, site, told)
        if usage.asks_for_awaits(mocks, site) and (unwrapped == () or site.wrapped is not None):
            pass  # right under AsyncMock as it is, and a Mock has no such assertion
        elif normalize and unwrapped is not None:
            doubts.append("its values are unwrapped" if unwrapped else "its side effect is awaited as it is")
            edits = unwrapped
        else:
            return "M20-already-awaitable", f"{what} ({evidence}), but the mock already gives something to await"
    elif given == awaitables.UNSURE and evidence == "V7" and answer is UNKNOWN:
        return "M20-already-awaitable", f"{what} ({evidence}), so what it gives may be awaitable"
    elif given == awaitables.UNSURE:
        doubts.append("what it gives may be awaitable already")
    suggested = evidence == "V8" and not untyped.runs(mocks, site)
    safety = Safety.SUGGEST if suggested else Safety.UNSAFE if evidence >= "V6" or doubts else Safety.SAFE
    reason = "; ".join([f"{what} ({evidence})", *doubts, *filter(None, [usage.remark(mocks, site)])])
    wrap_result = usage.needs_result(mocks, site, answer)
    return Verdict(safety=safety, reason=reason, wrap_result=wrap_result, answer=answer, unwrapped=edits)


def _doubts(mocks: Mocks, site: Site, answer: Answer, told: Told) -> Iterator[str]:
    if answer.doubt:
        yield answer.doubt
    if answer.loose:
        code = "M12-not-awaited: " if answer.bare else ""
        yield f"{code}the project does not await what it gives: {'; '.join(answer.loose)}"
    if answer.computed:
        yield f"a call by a computed name may be one of it: the project {'; '.join(answer.computed)}"
    yield from reach.unawaited(mocks, site, answer, told.ask)
    if answer.lent:
        yield f"`{answer.lent[0]}` takes its coroutine, of an object that the test may have given"
    if taken := _taken(mocks, site, answer, told):
        yield f"`{taken}`, which takes its coroutine, is replaced in this test"
    if answer.handed and not answer.awaited and (doubt := usage.handed_on(mocks, site)):
        yield doubt
    if usage.called_plainly(mocks, site):
        yield "the test calls it without await"
    if line := usage.called_by_computed_name(mocks, site):
        yield f"the test may call it without await, by a computed name, in line {line}"


def _unwrapped(mocks: Mocks, site: Site, told: Told) -> Unwrapped | None:
    """The edits that unwrap each awaitable value; None where one cannot be unwrapped."""
    found = []
    if (wrapped := site.wrapped) is not None and all(
        told.ask(v.path).kind != "coroutine" for v in mocks.values(wrapped)
    ):
        return None
    for slot, value in site.values:
        if _gives(mocks, slot, value, told) == awaitables.NO:
            continue
        edits = awaitables.unwrap(mocks, value, slot, told.ask)
        if edits is None:
            return None
        if edits:
            found.append((value, tuple(edits)))
    return tuple(found)


def _gives(mocks: Mocks, slot: str, value: ast.expr, told: Told) -> str:
    return (awaitables.effect if slot == "side_effect" else awaitables.value)(mocks, value, told.ask)


def _taken(mocks: Mocks, site: Site, answer: Answer, told: Told) -> str:
    """The name of a function that takes the coroutine and that the test replaces."""
    if not answer.takers:
        return ""
    return min(answer.takers & {*told.replaced, *reach.replaced(mocks, reach.around(mocks, site))}, default="")


def _given(mocks: Mocks, site: Site, told: Told) -> str:
    """Whether the mock's values are awaitable already."""
    if site.wrapped is not None:
        return awaitables.YES
    found = {awaitables.NO, *(_gives(mocks, *given, told) for given in site.values)}
    call = site.node
    if isinstance(call, ast.Call) and any(k.arg is None and not isinstance(k.value, ast.Dict) for k in call.keywords):
        found.add(awaitables.UNSURE)  # what `**options` may hold
    return next(a for a in (awaitables.YES, awaitables.UNSURE, awaitables.NO) if a in found)


def _veto(mocks: Mocks, site: Site, answer: Answer) -> Left | None:
    """Why a swap would be wrong whatever the evidence; None where nothing speaks against it."""
    if usage.is_checked(mocks, site):
        return "M24-isinstance", "the test checks that it is a MagicMock, which AsyncMock is not"
    if usage.given_to_thread(mocks, site):
        return "M23-thread", "the test gives it to a thread, where nobody awaits"
    if answer.thread:
        return "M23-thread", f"{answer.thread} gives it to a thread, where nobody awaits"
    if usage.overrides_dependency(mocks, site):
        return "M23-thread", "a dependency override is called by the framework, async or not"
    if answer.asked or (answer.dual and answer.kind in ("callable", "awaited")):
        return "M22-dual-mode", _looked_at(answer)
    if usage.compared(mocks, site):
        return "M21-identity", "its result is compared where a coroutine is handed on: each call makes a new one"
    return None


def _looked_at(answer: Answer) -> str:
    what = f"what the object is ({answer.asked})" if answer.asked else "whether it is a coroutine function"
    return f"the project looks {what}: a swap may be wrong for the branch that this mock takes"


def queries(mocks: Mocks, sites: list[Site]) -> Iterator[str]:
    """Every type path that a judgement of these sites may ask about."""
    for site in sites:
        yield from (v.path for v in site.roles if v.path)
        yield from (v.guard for v in site.holders if v.guard)
        yield from (f"?.{name}" for name in (*site.names, *untyped.children(mocks, site)))
        for _, value in site.values:
            yield from awaitables.paths(mocks, value)

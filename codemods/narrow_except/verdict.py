"""What each clause shall become: in the parent, from what its body can raise."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from ..engine.codemod import OptionTable
from ..engine.values import Safety
from ..facts.exceptions.data import Clause
from ..facts.exceptions.evidence import Observed
from ..facts.exceptions.flow import Flows
from ..facts.exceptions.hierarchy import BASE, EXCEPTION, GROUP, PROGRAMMING, TIMEOUT, Class
from ..facts.exceptions.raised import Raised
from ..facts.linters import Linters


@dataclass(frozen=True)
class Options:
    """What of the codemod's options decides."""

    keep: tuple[str, ...] = ()
    max_types: int = 5
    raises: OptionTable = field(default_factory=OptionTable)
    evidence: str = ""
    fix_tests: bool = False


@dataclass(frozen=True)
class Named:
    """One class of a new tuple, by the dotted name that imports give it; ":Name" is one of the file itself. No new import of it can
    be made where `barred` says why."""

    dotted: str
    written: str = ""  # how the file has it already
    also: tuple[str, ...] = ()  # other dotted names of it
    module: str = ""  # where a new import finds it
    own: bool = False  # a module of the project
    installed: bool = False  # a library that the file cannot run without
    taken: bool = False  # a builtin whose name a star import gives to something else
    barred: str = ""


@dataclass(frozen=True)
class Verdict:
    """What is decided for the clause in a line: a code and a reason for one that stays, else the new classes."""

    line: int
    code: str = ""
    reason: str = ""
    names: tuple[Named, ...] = ()
    safety: Safety = Safety.UNSAFE
    classes: tuple[Class, ...] = ()  # those that the names are of
    stays: tuple[int, ...] = ()  # which of what the clause names beside stand in the new tuple
    group: str = ""  # where tests change with it
    about: tuple[str, ...] = ()  # what of the body is not known


@dataclass(frozen=True)
class Fix:
    """A bare exception in a test that becomes another one, together with the clauses that it reaches."""

    line: int
    column: int
    named: Named
    reason: str
    group: str


@dataclass(frozen=True)
class Told:
    """What `find` is told of one file. `linters` only where the clauses that stay are annotated."""

    verdicts: tuple[Verdict, ...] = ()
    linters: Linters | None = None
    fixes: tuple[Fix, ...] = ()


_OF_ASYNCIO = ("asyncio", "TimeoutError")
OLDEST = (3, 9)  # where nothing says for which Pythons a file is


@dataclass(frozen=True)
class Judged:
    """The same before the classes have names."""

    code: str = ""
    reason: str = ""
    classes: tuple[Class, ...] = ()
    safety: Safety = Safety.UNSAFE
    beside: tuple[Class, ...] = ()  # what somebody named, as far as it is known
    stays: tuple[int, ...] = ()
    about: tuple[str, ...] = ()
    calls: bool = False  # something of it comes out of a function of the project


def arriving(flows: Flows, path: str, clause: Clause) -> tuple[Raised, Raised]:
    """What the body of a clause raises, and what of it arrives there."""
    raised = flows.body(clause.body, path, clause.function)
    earlier = flows.classes(clause.earlier, path)
    if EXCEPTION in earlier or BASE in earlier:
        return raised, raised.only({}, rest=False)
    return raised, flows.without(raised, earlier)[1]


def judge(
    flows: Flows,
    path: str,
    clause: Clause,
    options: Options,
    oldest: tuple[int, int] | None = None,
    nearest: Callable[[Class], Class] = lambda cls: cls,
) -> Judged:
    """What becomes of one clause of a file that `oldest` is the first Python to run, where that is said. `nearest` gives what can
    be named there in place of a class."""
    if clause.group:
        return Judged(code="N08-group", reason="`except*` takes exceptions out of a group")
    if clause.alias:
        return Judged(code="N09-alias", reason=f"what it takes is said where {clause.alias} is assigned")
    raised, arrives = arriving(flows, path, clause)
    if group := next((c for c in arrives.types if GROUP in flows.hierarchy.bases(c)), None):
        at = arrives.types[group]
        return Judged(code="N08-group", reason=f"an ExceptionGroup leaves `{at.text}` (line {at.line})")
    if lost := next(_unknown(arrives), ""):
        about = (*arrives.unknown, *(param for _, param in arrives.params)) if arrives.unknown else ()
        return Judged(code="N01-unknown", reason=lost, about=about)
    lasting = {
        nearest(c): o for cls, o in arrives.types.items() for c in flows.hierarchy.lasting(cls, oldest or OLDEST)
    }
    if oldest is not None and oldest < (3, 11) and "asyncio." in flows.source(lasting.get(TIMEOUT)):
        lasting[_OF_ASYNCIO] = lasting[TIMEOUT]  # only from 3.11 on that is the builtin
    arrives = arrives.only(lasting, rest=False)
    types = {c: o for c, o in arrives.types.items() if clause.kind != "Exception" or flows.hierarchy.is_plain(c)}
    if broad := next((c for c in (EXCEPTION, BASE) if c in types), None):
        return Judged(
            code="N04-no-name", reason=f"`{types[broad].text}` can raise {broad[1]} itself: no type is narrower"
        )
    if not types and raised.types:
        return Judged(code="N03-taken", reason="the handlers above take all that can arrive")
    if not types:
        return Judged(code="N02-nothing", reason="nothing in the body is known to raise anything")
    data = [c for c in types if types[c].data or not flows.hierarchy.is_programming(c)]
    programming = [c for c in types if c not in data]
    kept = [c for c in programming if _kept(flows, c, options.keep)]
    # what comes past another handler may do so only because that one was narrowed itself
    mine = [c for c in programming if not types[c].past]
    if not (data or kept or mine):
        return Judged(code="N02-nothing", reason="nothing but mistakes of the program past other handlers can arrive")
    named = Beside(flows, path, clause)
    chosen = [c for c in flows.hierarchy.minimal([*data, *kept] or mine) if not named.take(c)]
    stays = named.staying(chosen)
    if len(chosen) > options.max_types:
        shown = ", ".join(name for _, name in chosen)
        return Judged(code="N05-too-many", reason=f"{len(chosen)} types can arrive: {shown}")
    lacking = [f"{c[1]} has no `{read}`" for read in clause.reads for c in chosen if not flows.hierarchy.has(c, read)]
    if lacking:
        return Judged(code="N22-generic-use", reason=f"the handler reads what not all have: {lacking[0]}")
    if not data and not kept:
        return Judged(
            reason="only mistakes of the program can arrive: " + _told(arrives, chosen),
            classes=tuple(chosen),
            beside=named.classes,
            stays=stays,
            safety=Safety.SUGGEST,
        )
    reason = _told(arrives, chosen) or "what can arrive is named already"
    doubts = [f"{clause.beside[at].rpartition('.')[2]} stays, for somebody named it" for at in stays if chosen]
    surely = len(doubts)
    if dropped := sorted({c[1] for c in programming if c not in kept}):
        doubts.append(f"{', '.join(dropped)} would pass")
    if arrives.assumed:
        doubts.append(f"the type of `{arrives.assumed}` is assumed")
    if arrives.weak:
        doubts.append(f"what is known of {arrives.weak} may not be all")
    if clause.kind != "Exception":
        doubts.append("KeyboardInterrupt and SystemExit would pass")
    return Judged(
        reason="; ".join([reason, *doubts]),
        classes=tuple(chosen),
        beside=named.classes,
        stays=stays,
        calls=any(arrives.types[c].via is not None for c in types),
        safety=Safety.UNSAFE if len(doubts) > surely else Safety.SAFE,
    )


class Beside:
    """What a clause names beside the broad type: somebody knew that it arrives."""

    def __init__(self, flows: Flows, path: str, clause: Clause) -> None:
        self.hierarchy = flows.hierarchy
        self.named = [flows.classes([each], path) for each in clause.beside]
        self.classes = tuple(cls for named in self.named for cls in named)

    def take(self, cls: Class) -> bool:
        return any(self.hierarchy.takes(each, cls) for each in self.classes)

    def staying(self, chosen: Collection[Class]) -> tuple[int, ...]:
        """Which of them the new types do not take; one that nobody can follow stays."""
        below = [
            bool(named) and all(any(self.hierarchy.takes(c, n) for c in chosen) for n in named)
            for named in self.named
        ]
        return tuple(at for at, taken in enumerate(below) if not taken)


def confirmed(flows: Flows, judged: Judged, observed: Observed) -> Judged:
    """A narrowing beside what arrived in a run: what the new types do not take forbids it, but for what tests and mocks make up,
    and for mistakes of the program: these are bugs that the clause hid."""
    missed: list[str] = []
    hidden: list[str] = []
    for each in observed.arrived:
        names = {each.name, *each.mro}
        taken = any(
            flows.hierarchy.dotted(cls) in names or cls[1] in names for cls in (*judged.classes, *judged.beside)
        )
        if taken or each.origin in ("mock", "test"):
            continue
        is_mistake = not names.isdisjoint(f"builtins.{name}" for name in PROGRAMMING)
        (hidden if is_mistake else missed).append(f"{each.name.removeprefix('builtins.')} {each.count} times")
    if missed:
        return Judged(code="N06-vetoed", reason=f"in a run arrived what is not among the types: {', '.join(missed)}")
    told = [judged.reason, observed.describe()]
    if hidden:
        told.append(f"unmasked bug: {', '.join(hidden)} would pass now (N41-unmasked)")
    return replace(judged, reason="; ".join(told))


def _unknown(raised: Raised) -> Iterator[str]:
    """What nobody knows, the callee first."""
    others = len(raised.unknown) + len(raised.params) - 1
    more = f" (and {others} more)" if others else ""
    for name, at in raised.unknown.items():
        where = "" if at.via is None else f", called through `{at.text}` in line {at.line}"
        yield f"`{name}`: it is not known what it raises{where}{more}"
    for (_, param), at in raised.params.items():
        yield f"`{param.rpartition('#')[2]}`: a parameter is called in line {at.line}{more}"


def _kept(flows: Flows, cls: Class, keep: tuple[str, ...]) -> bool:
    return any(f"{module}.{name}".removeprefix("builtins.") in keep for module, name in flows.hierarchy.bases(cls))


def _told(raised: Raised, classes: list[Class]) -> str:
    """Where each class comes from, in short."""
    sources: Mapping[Class, str] = {c: o.text for c, o in raised.types.items()}
    return ", ".join(f"{name} from `{sources[c]}`" for c in classes for _, name in [c])

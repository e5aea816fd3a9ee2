"""What will be done of what could be done: decisions on changes, and `accepted`, which joins the two.

A decision is kept beside its plan, a line of JSON each (or one for many changes), added at the end of a
file: the last one on a change holds. It is by a person, a shape or `verify`. On a later plan it holds where
the change's key and digest agree; where the digest differs, or the number of equal changes, an acceptance
is asked again and a rejection is kept.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Any

from codemods.engine.values import Change, Edit, Safety, Span

from .plan import Plan


class Verdict(StrEnum):
    """What was decided on a change."""

    ACCEPT = "accept"
    REJECT = "reject"
    FAILS = "fails"  # verify found that tests fail with it
    ASK = "ask"  # accepted, and has altered since, or verify had no time for it: not applied until it is asked again


VERIFY = "verify"  # who decides by tests
NOT_JUDGED = "not judged"  # how the note begins where there was no time for them


@dataclass(frozen=True)
class Decision:
    """One decision. `new` are the new texts of the change's edits where a person wrote them, in their order.

    One that is `elsewhere` is on a change that this plan does not have, and is kept for a later one that may.
    """

    key: str
    digest: str  # of the change as the plan has it
    verdict: Verdict
    who: str = ""
    note: str = ""  # for FAILS the tests
    new: tuple[str, ...] = ()
    elsewhere: bool = False
    when: int = field(default=0, compare=False)  # milliseconds since 1970, when it was kept first

    @property
    def is_late(self) -> bool:
        """Whether verify had no time for it. `who` is whoever had accepted it before, or verify where nobody had."""
        return is_late(self.verdict, self.note)

    def edited(self, change: Change) -> Change:
        """The change with the text that was accepted."""
        if len(self.new) != len(change.edits):
            return change
        texts = iter(self.new)
        parts = (replace(p, edits=tuple(_with(e, next(texts)) for e in p.edits)) for p in change.parts)
        return replace(change, parts=tuple(parts))


def _with(edit: Edit, text: str) -> Edit:
    """An edit with the text of a person, which comes from nowhere else; what a file that is created is like stays."""
    if text == edit.new:
        return edit
    like = Span(edit.moved.path) if edit.moved and edit.op == "create" else None
    return replace(edit, new=text, moved=like)


@dataclass(frozen=True)
class Decisions:
    """What was decided on the changes of a plan, by key. `planned` are the keys and digests of all that was up for
    decision, where something else may be found: a step whose earlier one changes less than was planned."""

    by_key: Mapping[str, Decision] = field(default_factory=dict)
    planned: frozenset[tuple[str, str]] | None = None

    def of(self, change: Change) -> Decision | None:
        """The decision that holds for a change: of one that is edited otherwise by now only a rejection does."""
        found = self.by_key.get(change.key)
        if found and (found.digest == change.digest or found.verdict is Verdict.REJECT):
            return found
        if self.planned is None or (change.key, change.digest) in self.planned:
            return None
        return Decision(key=change.key, digest=change.digest, verdict=Verdict.ASK, note="not in the plan")

    def within(self, plan: Plan) -> Decisions:
        """The same for a plan in which later steps may find something else: where an earlier one changes less."""
        if len(plan.steps) < 2:
            return self
        return replace(self, planned=frozenset((change.key, change.digest) for change in plan.changes))

    def but(self, decisions: Iterable[Decision]) -> Decisions:
        return replace(self, by_key={**self.by_key, **{d.key: d for d in decisions}})

    @cached_property
    def identity(self) -> str:
        """Differs where another set of changes could follow; "" where nothing is decided."""
        told = sorted((d.key, d.digest, d.verdict.value, d.new) for d in self.by_key.values())
        if not told and self.planned is None:
            return ""
        data = json.dumps((told, sorted(self.planned or ())))
        return hashlib.sha256(data.encode("utf-8", "surrogatepass")).hexdigest()


def is_late(verdict: Verdict, note: str) -> bool:
    return verdict is Verdict.ASK and note.startswith(NOT_JUDGED)


NONE = Decisions()
_TAKEN_BACK = "undecided"


def accepted(changes: Iterable[Change], decisions: Decisions, unsafe: bool) -> list[Change]:
    """The changes that are applied: what was decided, else safe ones, unsafe ones with --unsafe, never suggestions."""
    return [change for change, applied in _judged(changes, decisions, unsafe) if applied]


def _judged(changes: Iterable[Change], decisions: Decisions, unsafe: bool) -> Iterator[tuple[Change, bool]]:
    unattended = {Safety.SAFE, Safety.UNSAFE} if unsafe else {Safety.SAFE}
    for change in changes:
        decision = decisions.of(change)
        if decision is None:
            yield change, change.safety in unattended
        else:
            yield decision.edited(change), decision.verdict is Verdict.ACCEPT


# ---- over time ---------------------------------------------------------------------------------


def carried(old: Iterable[Change], decisions: Decisions, new: Iterable[Change]) -> Decisions:
    """The decisions on an earlier plan's changes, as they hold for those of a new one."""
    if not decisions.by_key:
        return NONE
    before, now = list(old), list(new)
    known = {change.key for change in before}
    were, are = Counter(map(_equals, before)), Counter(map(_equals, now))
    found = {key: replace(decision, elsewhere=True) for key, decision in decisions.by_key.items()}
    for change in now:
        decision = found.pop(change.key, None)
        if decision is None:
            continue
        counted = change.key not in known or were[_equals(change)] == are[_equals(change)]
        if (decision.digest == change.digest and counted) or decision.verdict is Verdict.REJECT:
            found[change.key] = replace(decision, digest=change.digest, elsewhere=False)
        # of other code nobody knows whether it still fails, and what nobody has accepted is as if nothing was decided
        elif decision.verdict is not Verdict.FAILS and not (decision.is_late and decision.who == VERIFY):
            found[change.key] = Decision(
                key=change.key,
                digest=change.digest,
                verdict=Verdict.ASK,
                who=decision.who,
                note="altered since",
                when=decision.when,
            )
    return Decisions(by_key=found)


def _equals(change: Change) -> tuple[str, str]:
    """What changes have in common that only their ordinal tells apart."""
    return change.codemod, change.anchor.rpartition(" #")[0] or change.anchor


# ---- as they are kept --------------------------------------------------------------------------


def to_line(decision: Decision) -> str:
    told: dict[str, Any] = {"key": decision.key, "digest": decision.digest, "decision": decision.verdict.value}
    told |= {name: value for name in ("who", "note", "when") if (value := getattr(decision, name))}
    told |= {"new": list(decision.new)} if decision.new else {}
    return json.dumps(told | ({"elsewhere": True} if decision.elsewhere else {}), sort_keys=True)


def to_shared_line(changes: Iterable[tuple[str, str]], verdict: Verdict | None, who: str, when: int) -> str:
    """One decision on many changes, by key and digest. Without a verdict it takes back what was decided on them."""
    told = {"changes": list(changes), "decision": verdict.value if verdict else _TAKEN_BACK, "when": when}
    return json.dumps(told | ({"who": who} if who else {}), sort_keys=True)


def exported(plan: Plan, decisions: Decisions) -> Iterator[str]:
    """The decisions on the changes of a plan as `codemod apply --decisions` takes them, in the order of the plan."""
    for change in plan.changes:
        decision = decisions.by_key.get(change.key)
        if decision and decision.digest == change.digest:
            yield to_line(replace(decision, when=0))  # it is decided anew where it is taken


def take(line: str, found: dict[str, Decision]) -> None:
    """Add what a line decides to what those before it did. Raises ValueError for one that is no decision."""
    match json.loads(line):
        case {"changes": [*changes], "decision": str(verdict), **rest}:
            keys = [(str(key), str(digest)) for key, digest in changes]
            if verdict == _TAKEN_BACK:
                for key, _ in keys:
                    found.pop(key, None)
                return
            known, who, when = Verdict(verdict), str(rest.get("who", "")), _when(rest)
            found |= {k: Decision(key=k, digest=digest, verdict=known, who=who, when=when) for k, digest in keys}
        case told:
            decision = _from_json(told)
            found[decision.key] = decision


def _from_json(told: Any) -> Decision:
    match told:
        case {"key": str(key), "digest": str(digest), "decision": str(verdict), **rest}:
            who, note = (str(rest.get(name, "")) for name in ("who", "note"))
            new = rest.get("new", [])
            if isinstance(new, list) and all(isinstance(text, str) for text in new):
                return Decision(
                    key=key, digest=digest, verdict=Verdict(verdict), who=who, note=note, new=tuple(new),
                    elsewhere=rest.get("elsewhere") is True, when=_when(rest),
                )  # fmt: skip
    raise ValueError("not a decision")


def _when(told: Mapping[Any, Any]) -> int:
    when = told.get("when", 0)
    return when if type(when) is int and when >= 0 else 0

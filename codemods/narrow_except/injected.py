"""Tests that inject a bare `Exception`: which clauses it reaches, and which type it may become. In the parent.

A clause is reached where its body calls what the test replaces, by itself or through functions of the project, and no clause in
between takes everything.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from ..engine.grouping import grouped
from ..engine.values import Safety
from ..facts.exceptions.data import Again, Call, Clause, Flow, Try, With
from ..facts.exceptions.flow import Flows
from ..facts.exceptions.hierarchy import BASE, EXCEPTION, Class
from ..facts.exceptions.injections import Injection
from ..facts.exceptions.patches import Stands
from ..facts.exceptions.raised import Place
from ..facts.types.entity import Entity
from .naming import Naming
from .verdict import Fix, Verdict

_PICKY = {"UnicodeDecodeError", "UnicodeEncodeError", "UnicodeTranslateError", "BaseExceptionGroup", "ExceptionGroup"}
_MANY = 2000  # functions that are looked through for one clause


class Replaced(NamedTuple):
    """A callable that a test replaces. `only` is the file where the name is looked up that the test patches, `own` whether
    that file defines it."""

    place: Place
    only: str = ""
    own: bool = False


class Called(NamedTuple):
    """A call below a guarded body: of what, in which file, how it is written, and what is taken on the way out."""

    place: Place
    path: str
    text: str
    taken: tuple[Class, ...]


class Reached(NamedTuple):
    """One clause that an injection arrives at, and the types that something in between would take."""

    path: str
    verdict: Verdict
    taken: tuple[Class, ...]


@dataclass
class Injected:
    """All injections of the scanned tests. `fix` where these are to change."""

    flows: Flows
    naming: Naming
    fix: bool = False
    fixes: dict[str, tuple[Fix, ...]] = field(default_factory=dict)

    def told(self, verdicts: Mapping[str, tuple[Verdict, ...]]) -> dict[str, tuple[Verdict, ...]]:
        """The same verdicts, with what is said of those that an injection reaches."""
        found = {path: facts.injections for path, facts in self.flows.files.items() if facts.injections}
        given = {(path, each): self._replaced(each, path) for path, several in found.items() for each in several}
        wanted = grouped((r.place, (key, r)) for key, several in given.items() for r in several if r is not None)
        if not wanted:
            return dict(verdicts)
        reached: dict[tuple[str, Injection], list[Reached]] = {}
        for path, several in verdicts.items():
            by_line = {c.line: c for c in self.flows.files[path].clauses}
            for verdict in several:
                if verdict.code or not verdict.classes or not {EXCEPTION, BASE}.isdisjoint(verdict.classes):
                    continue
                clause = by_line[verdict.line]
                for call in self._calls(path, clause):
                    for key, what in wanted.get(call.place, ()):
                        if self._meets(call, what) and _takes(clause, key[1]):
                            reached.setdefault(key, []).append(Reached(path, verdict, call.taken))
        return self._said(verdicts, reached, given)

    # ---- what is replaced ------------------------------------------------------------------------

    def _replaced(self, injection: Injection, path: str) -> tuple[Replaced | None, ...]:
        return tuple(self._what(stands, path) for stands in injection.stands)

    def _what(self, stands: Stands, path: str) -> Replaced | None:
        """The callable that something stands for; None where nobody can say."""
        types = self.flows.types
        owner, _, last = stands.patched.rpartition(".")
        module = types.resolve(owner, path) if owner else None
        entity = types.resolve(stands.path, path)
        if entity is None and module is not None and module.kind == "module" and stands.path == stands.patched:
            entity = types.resolve(f"builtins.{last}", path) if hasattr(builtins, last) else None
        if entity is None or entity.kind not in ("function", "class"):
            return None
        place = entity.module, entity.name
        local = module is not None and module.kind == "module" and module.module in self.flows.files
        if not local or module is None or "()" in stands.path.removeprefix(stands.patched):
            return Replaced(place)
        return Replaced(place, module.module, own=entity.module == module.module)

    def _meets(self, call: Called, what: Replaced) -> bool:
        """Whether a call asks the name that the test patches."""
        if not what.only or call.path == what.only:
            return True
        table = self.flows.files[call.path].types.table
        return what.own and ("." in call.text or call.text not in table.names)

    # ---- what is called ----------------------------------------------------------------------------

    def _calls(self, path: str, clause: Clause) -> Iterator[Called]:
        """All that is called below a guarded body, as long as nothing in between takes everything."""
        earlier = tuple(self.flows.classes(clause.earlier, path))
        queue: list[tuple[Flow, str, tuple[Class, ...]]] = [(clause.body, path, earlier)]
        seen: set[tuple[Place, tuple[Class, ...]]] = set()
        while queue and len(seen) < _MANY:
            flow, where, taken = queue.pop()
            for call, entity in self._in(flow, where, taken):
                yield call
                for place in self._bodies(entity):
                    if (place, call.taken) not in seen:
                        seen.add((place, call.taken))
                        queue += [(inner, place[0], call.taken) for inner in self.flows.unpacked(place)]

    def _in(self, flow: Flow, path: str, taken: tuple[Class, ...]) -> Iterator[tuple[Called, Entity]]:
        for term in flow:
            match term:
                case Call():
                    for entity, text in self._callees(term, path):
                        yield Called((entity.module, entity.name), path, text, taken), entity
                case Try():
                    mine = self._taken(term, path)
                    if mine is not None:
                        yield from self._in(term.body, path, (*taken, *mine))
                    for handler in term.handlers:
                        yield from self._in(handler.body, path, taken)
                    yield from self._in((*term.orelse, *term.final), path, taken)
                case With():
                    suppressed = term.path.removesuffix("()") == "contextlib.suppress"
                    types = self.flows.classes(term.given, path) if suppressed else []
                    if EXCEPTION not in types and BASE not in types:
                        yield from self._in(term.body, path, (*taken, *types))

    def _taken(self, term: Try, path: str) -> list[Class] | None:
        """What the handlers of a `try` take; None where one of them takes everything and does not raise it again."""
        found: list[Class] = []
        for handler in term.handlers:
            types = self.flows.classes(handler.takes or (), path)
            if handler.takes is None or EXCEPTION in types or BASE in types:
                return found if any(isinstance(t, Again) for t in handler.body) and not term.swallows else None
            found += types
        return None if term.swallows else found

    def _callees(self, term: Call, path: str) -> Iterator[tuple[Entity, str]]:
        types, callees = self.flows.types, self.flows.callees
        entity = types.resolve(term.path, path) if term.path and not term.path.startswith("?") else None
        for found in [entity] if entity is not None else callees.by_name(term, path) or ():
            yield found, term.text
        given = dict(term.given)
        for which in callees.consumed(term, entity):
            handed = types.resolve(given[which], path) if given.get(which) else None
            if handed is not None:
                yield handed, given[which].rpartition("~.")[2]

    def _bodies(self, entity: Entity) -> Iterator[Place]:
        """The functions of the project that a call runs."""
        methods: list[Entity | None] = [entity]
        if entity.kind == "class":
            methods = [self.flows.types.member(entity, name) for name in ("__new__", "__init__", "__post_init__")]
        elif entity.kind == "instance":
            methods = [self.flows.types.member(entity, "__call__")]
        for method in methods:
            if method is not None and method.kind == "function":
                places = ((method.module, method.name), *self.flows.callees.overrides(method))
                yield from (place for place in places if place[0] in self.flows.files)

    # ---- what is said --------------------------------------------------------------------------------

    def _said(
        self,
        verdicts: Mapping[str, tuple[Verdict, ...]],
        reached: Mapping[tuple[str, Injection], list[Reached]],
        given: Mapping[tuple[str, Injection], tuple[Replaced | None, ...]],
    ) -> dict[str, tuple[Verdict, ...]]:
        chosen = {
            key: cls
            for key, reaches in reached.items()
            if self.fix and None not in given[key] and (cls := self._type(key[1], reaches)) is not None
        }
        groups = _joined({key: [(r.path, r.verdict.line) for r in reached[key]] for key in chosen})
        notes: dict[tuple[str, int], dict[str, None]] = {}
        for key, reaches in sorted(reached.items(), key=lambda item: (item[0][0], item[0][1].line)):
            test, injection = key
            at = f"{test}:{injection.line}"
            word = f"a bare {injection.kind} here (N40-injected)"
            note = f"{at} injects {chosen[key][1]} now" if key in chosen else f"{at} injects {word}"
            for each in reaches:
                notes.setdefault((each.path, each.verdict.line), {})[note] = None
        result = dict(verdicts)
        for path in {path for path, _ in notes}:
            result[path] = tuple(self._noted(path, v, notes.get((path, v.line)), groups) for v in verdicts[path])
        fixes: dict[str, list[Fix]] = {}
        for (test, injection), cls in chosen.items():
            first = reached[test, injection][0]
            fixes.setdefault(test, []).append(
                Fix(
                    line=injection.line,
                    column=injection.column,
                    named=self.naming.named(cls, test),
                    reason=f"injects {cls[1]}, which {first.path}:{first.verdict.line} takes",
                    group=self._group(groups[first.path, first.verdict.line]),
                )
            )
        self.fixes = {
            path: tuple(sorted(several, key=lambda f: (f.line, f.column))) for path, several in fixes.items()
        }
        return result

    def _noted(
        self,
        path: str,
        verdict: Verdict,
        notes: Mapping[str, None] | None,
        groups: Mapping[tuple[str, int], tuple[str, int]],
    ) -> Verdict:
        if notes is None:
            return verdict
        first = groups.get((path, verdict.line))
        return replace(
            verdict,
            reason="; ".join([verdict.reason, *notes]),
            safety=Safety.weakest([verdict.safety, Safety.UNSAFE]),
            group=self._group(first) if first is not None else "",
        )

    def _group(self, place: tuple[str, int]) -> str:
        """A name for a group that edits elsewhere in the file leave as it is: that of its first clause."""
        path, line = place
        clause = next(c for c in self.flows.files[path].clauses if c.line == line)
        identity = clause.identity
        what = f"{identity.digest} #{identity.ordinal}.{identity.clause}" if identity is not None else str(line)
        return f"{path}::{clause.function} {what}"

    def _type(self, injection: Injection, reaches: list[Reached]) -> Class | None:
        """The type that all reached clauses take, and nothing in between; None where there is none that takes the same text."""
        if injection.told or not -1 <= injection.given <= 1:
            return None
        hierarchy = self.flows.hierarchy
        for cls in reaches[0].verdict.classes:
            mistake = hierarchy.is_programming(cls)
            everywhere = all(any(hierarchy.takes(h, cls) for h in r.verdict.classes) for r in reaches)
            between = any(hierarchy.takes(h, cls) for r in reaches for h in r.taken)
            if not mistake and everywhere and not between and self._takes_text(cls):
                return cls
        return None

    def _takes_text(self, cls: Class) -> bool:
        """Whether a class of exceptions is surely made from one text, or from nothing."""
        if self.flows.hierarchy.is_exception(cls) is False:
            return False
        for module, name in self.flows.hierarchy.bases(cls):
            if module == "builtins":
                return name not in _PICKY
            if module not in self.flows.files:
                return False
            if not {"__init__", "__new__"}.isdisjoint(self.flows.types.class_facts((module, name)).methods):
                return False
        return False


def _takes(clause: Clause, injection: Injection) -> bool:
    """Whether the clause, as it is, takes what is injected."""
    return injection.kind == "Exception" or clause.kind != "Exception"


def _joined(
    reached: Mapping[tuple[str, Injection], list[tuple[str, int]]],
) -> dict[tuple[str, int], tuple[str, int]]:
    """For each clause the first of those that share injections with it, directly or not."""
    first: dict[tuple[str, int], tuple[str, int]] = {}

    def top(place: tuple[str, int]) -> tuple[str, int]:
        while first.setdefault(place, place) != place:
            place = first[place]
        return place

    for places in reached.values():
        tops = sorted({top(place) for place in places})
        first |= dict.fromkeys(tops, tops[0])
    return {place: top(place) for place in [*first]}

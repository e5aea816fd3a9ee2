"""Would a test get another fixture after the rename? Each closure is walked as it is and as it would be.

A definition that is renamed to NEW can hide a NEW that is farther away from tests that use it
today, and a NEW that is nearer can hide the renamed definition from its own tests. Both move tests
to another fixture without a word, so both worlds are resolved request by request and compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..engine.conditions import When, cases
from ..facts.suite.collect import Item
from ..facts.suite.nodes import Placed
from ..facts.suite.resolve import Fixtures, Suite


@dataclass(frozen=True)
class Capture:
    """One test that would get another fixture."""

    item: Item
    label: str  # the name requested
    before: Placed
    after: Placed | None

    def __str__(self) -> str:
        after = f"the one at {self.after.place}" if self.after else "none"
        return f"{self.item.nodeid} would get {after} instead of {self.before.place} for {self.label!r}"


@dataclass
class Walk:
    """What walking one test's closure finds."""

    captures: list[Capture] = field(default_factory=list)
    overridden: list[Placed] = field(
        default_factory=list
    )  # fixtures that request OLD, which the test fills by parametrize


def relevant(fixtures: Fixtures, names: Iterable[str]) -> frozenset[str]:
    """The fixture names whose closure may hold one of the names, by name alone."""
    askers: dict[str, set[str]] = {}
    for registered in fixtures.nodes.values():
        for name, found in registered.items():
            for known in found:
                for request in known.requests:
                    askers.setdefault(request, set()).add(name)
    reached = set(names)
    stack = list(names)
    while stack:
        for name in askers.get(stack.pop(), ()):
            if name not in reached:
                reached.add(name)
                stack.append(name)
    return frozenset(reached)


class Worlds:
    """The fixtures before and after OLD is called NEW."""

    def __init__(
        self,
        suite: Suite,
        old: str,
        new: str,
        merged: Mapping[str, Placed],
        staying: frozenset[str] = frozenset(),
        case: frozenset[When] | None = None,
    ) -> None:
        self.suite, self.fixtures, self.old, self.new = suite, suite.fixtures, old, new
        self.staying = staying  # places of definitions that keep OLD
        self.merged = merged  # place of a definition that is deleted → the one that takes over
        self.case = case  # the conditions that hold; None where they are not looked at
        self.reach = relevant(self.fixtures, (old, new))

    def initial(self, item: Item) -> list[str]:
        """The names that a test asks for by itself and that may lead to OLD or NEW."""
        asks = item.test.requests if item.kind == "function" else ()
        names = [*self.fixtures.autouse(item), *item.requests, *asks]
        return [n for n in dict.fromkeys(names) if n in self.reach]

    def walk(self, item: Item, direct_renamed: bool = False, helped: bool = False) -> Walk:
        """With `helped`, the test may ask for OLD through some helper, too."""
        found = Walk()
        direct = item.direct
        if direct_renamed:
            direct = (direct - {self.old}) | {self.new}
        names = [*self.initial(item), *([self.old] if helped else [])]
        _Walker(self, item, direct, found).ask(None, names, (), ())
        return found

    def cases(self) -> list[Worlds]:
        """These worlds in each case that the conditions of definitions allow, without what no Python defines."""
        found = [k for names in self.fixtures.nodes.values() for n in self.reach for k in names.get(n, ())]
        span = [self.suite.pythons(k.path) for k in found if k.when]
        pythons = (min((low for low, _ in span), default=0), max((high for _, high in span), default=0))
        each = cases((k.when for k in found), pythons)
        return [Worlds(self.suite, self.old, self.new, self.merged, self.staying, case) for case in each]

    def _there(self, found: Iterable[Placed]) -> list[Placed]:
        """The definitions that there are in this case."""
        if self.case is None:
            return list(found)
        return [k for k in found if not k.dead and (k.when is None or k.when in self.case)]

    def before(self, name: str, item: Item, direct: frozenset[str]) -> list[Placed]:
        return [] if name in direct else self._there(self.fixtures.visible(name, item.chain))

    def after(self, name: str, item: Item, direct: frozenset[str]) -> list[Placed]:
        if name in direct:
            return []
        if name == self.old:
            return self._there(k for k in self.fixtures.visible(name, item.chain) if k.place in self.staying)
        if name != self.new:
            return self._there(self.fixtures.visible(name, item.chain))
        found: list[Placed] = []
        for node in reversed(item.chain):
            registered = self.fixtures.at_node(node)
            found += [k for k in registered.get(self.old, ())[::-1] if k.place not in (*self.merged, *self.staying)]
            found += registered.get(self.new, ())[::-1]
        return self._there(found)


class _Walker:
    def __init__(self, worlds: Worlds, item: Item, direct: frozenset[str], found: Walk) -> None:
        self.worlds, self.item, self.direct, self.found = worlds, item, direct, found
        self.seen: set[tuple[object, ...]] = set()

    def ask(
        self, asker: Placed | None, names: Iterable[str], before: tuple[str, ...], after: tuple[str, ...]
    ) -> None:
        """Resolve what `asker` requests, where `before` and `after` are the names being set up already."""
        worlds, old = self.worlds, self.worlds.old
        for label in names:
            if label not in worlds.reach:
                continue
            if label == old and asker is not None and old in self.item.direct:
                self.found.overridden.append(asker)
            one = _nth(worlds.before(label, self.item, self.item.direct), before.count(label))
            stays = one is not None and one.place in worlds.staying
            renamed = worlds.new if label == old and not stays and (one or label in self.item.direct) else label
            two = _nth(worlds.after(renamed, self.item, self.direct), after.count(renamed))
            if one is None:
                continue
            merged = worlds.merged.get(one.place)
            if two is None or (two.place != one.place and not (merged and merged.place == two.place)):
                self.found.captures.append(Capture(self.item, label, one, two))
                continue
            key = (one.place, *(p.count(n) for p in (before, after) for n in (old, worlds.new)), before.count(label))
            if key not in self.seen and not merged:
                self.seen.add(key)
                self.ask(one, one.requests, (*before, label), (*after, renamed))


def _nth(found: list[Placed], skipped: int) -> Placed | None:
    return found[skipped] if skipped < len(found) else None

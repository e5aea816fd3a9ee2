"""Would a test get another fixture after the rename? Each closure is walked as it is and as it would be.

A definition that is renamed to NEW can hide a NEW that is farther away from tests that use it
today, and a NEW that is nearer can hide the renamed definition from its own tests. Both move tests
to another fixture without a word, so both worlds are resolved request by request and compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from ..engine.conditions import When, cases
from ..facts.suite.collect import Item
from ..facts.suite.nodes import Placed
from ..facts.suite.resolve import Fixtures


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


@dataclass(frozen=True)
class Worlds:
    """The fixtures before and after OLD is called NEW."""

    fixtures: Fixtures
    old: str
    new: str
    staying: frozenset[str]  # places of definitions that keep OLD
    merged: Mapping[str, Placed] = field(default_factory=dict)  # place of one that is deleted → what takes over
    case: frozenset[When] | None = None  # the conditions that hold; None where they are not looked at

    @cached_property
    def reach(self) -> frozenset[str]:
        return self.fixtures.relevant(self.old, self.new)

    def initial(self, item: Item) -> list[str]:
        """The names that a test asks for by itself and that may lead to OLD or NEW."""
        asks = item.test.requests if item.kind == "function" else ()
        names = [*self.fixtures.autouse(item), *item.requests, *asks]
        return [n for n in dict.fromkeys(names) if n in self.reach]

    def walk(self, item: Item, renamed: bool = False, helped: bool = False) -> tuple[list[Capture], list[Placed]]:
        """What one test's closure loses, and the fixtures in it that request OLD, which the test fills by parametrize.

        With `renamed`, what the test fills is called NEW; with `helped`, it may ask for OLD through some helper, too.
        """
        captures: list[Capture] = []
        overridden: list[Placed] = []
        seen: set[tuple[object, ...]] = set()
        filled = (item.direct - {self.old}) | {self.new} if renamed else item.direct

        def ask(asker: Placed | None, names: Iterable[str], before: tuple[str, ...], after: tuple[str, ...]) -> None:
            """Resolve what `asker` requests, where `before` and `after` are the names being set up already."""
            for label in names:
                if label == self.old and asker is not None and self.old in item.direct:
                    overridden.append(asker)
                known = self.before(label, item) if label in self.reach else []
                if (one := next(iter(known[before.count(label) :]), None)) is None:
                    continue
                then = self.new if label == self.old and one.place not in self.staying else label
                there = self.after(then, item) if then not in filled else []
                two = next(iter(there[after.count(then) :]), None)
                merged = self.merged.get(one.place)
                if two is None or (two.place != one.place and not (merged and merged.place == two.place)):
                    captures.append(Capture(item, label, one, two))
                    continue
                key = (one.place, *(p.count(n) for p in (before, after) for n in (self.old, self.new, label)))
                if key not in seen and not merged:
                    seen.add(key)
                    ask(one, one.test.requests, (*before, label), (*after, then))

        ask(None, [*self.initial(item), *([self.old] if helped else [])], (), ())
        return captures, overridden

    @cached_property
    def cases(self) -> list[Worlds]:
        """These worlds in each case that the conditions of definitions allow, without what no Python defines."""
        found = [k for names in self.fixtures.nodes.values() for n in self.reach for k in names.get(n, ())]
        span = [self.fixtures.suite.pythons(k.path) for k in found if k.when]
        pythons = (min((low for low, _ in span), default=0), max((high for _, high in span), default=0))
        return [replace(self, case=case) for case in cases((k.when for k in found), pythons)]

    def before(self, name: str, item: Item) -> list[Placed]:
        """What a name may mean today, the nearest first."""
        return [] if name in item.direct else self._there(self.fixtures.visible(name, item.chain))

    def after(self, name: str, item: Item) -> list[Placed]:
        """The same after the rename, whatever the test fills itself."""
        found = self.fixtures.visible(name, item.chain)
        if name == self.old:
            found = [k for k in found if k.place in self.staying]
        elif name == self.new:
            found = []
            for registered in map(self.fixtures.at_node, reversed(item.chain)):
                olds = registered.get(self.old, ())[::-1]
                found += [k for k in olds if k.place not in self.merged and k.place not in self.staying]
                found += registered.get(self.new, ())[::-1]
        return self._there(found)

    def _there(self, found: list[Placed]) -> list[Placed]:
        """The definitions that there are in this case."""
        if self.case is None:
            return found
        return [k for k in found if not k.test.dead and (k.when is None or k.when in self.case)]

"""Which definitions, imports and requests of OLD must be renamed together: one group is one change.

Two bindings belong together when one imports the other, when one overrides the other for some
test, or when one request may mean either, depending on the test that runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from posixpath import dirname

from ..engine.grouping import grouped
from ..facts.suite.collect import Item, chain, node_of
from ..facts.suite.nodes import NamePlace, Placed
from ..facts.suite.resolve import Suite
from ..facts.suite.tests import Test
from .values import Bound, File

Owner = tuple[str, str]  # path and the owner of a site, as in values.Site


def owner_of(path: str, test: Test) -> Owner:
    return path, f"f{test.line}"


class Groups:
    """The bindings of OLD in groups, and the group that each request belongs to."""

    def __init__(
        self, suite: Suite, files: Mapping[str, File], old: str, apart: frozenset[NamePlace] = frozenset()
    ) -> None:
        self.suite, self.fixtures, self.files, self.old = suite, suite.fixtures, files, old
        self.apart = apart  # definitions that overrides are looked at without
        self._parent: dict[NamePlace, NamePlace] = {}
        self.dangling: dict[Owner, Item | None] = {}  # requests that nothing resolves
        self.overridden: dict[Owner, list[Item]] = {}  # tests that fill OLD by parametrize
        self.filled: set[Owner] = set()  # marks that request OLD for such a test
        self._asked: dict[Owner, NamePlace] = {}
        for known in self.known:
            self.find(known.binding)
        if self.known:
            self._join_imports()
            self._join_overrides()
        self._join_requests()

    # ---- what there is ---------------------------------------------------------------------

    @cached_property
    def known(self) -> list[Placed]:
        """Everything that is registered under OLD."""
        return [k for names in self.fixtures.nodes.values() for k in names.get(self.old, ())]

    @cached_property
    def items(self) -> list[Item]:
        return [item for path in self.suite.files for item in self.suite.items(path)]

    @cached_property
    def functions(self) -> dict[Owner, Test]:
        """The functions of modules and classes."""
        tests = ((path, test) for path, file in self.suite.files.items() for test in file.tests)
        return {owner_of(path, test): test for path, test in tests if not test.nested}

    @cached_property
    def collected(self) -> set[Owner]:
        """The functions that pytest collects as tests."""
        return {owner_of(i.where, i.test) for i in self.items}

    # ---- union and find --------------------------------------------------------------------

    def find(self, binding: NamePlace) -> NamePlace:
        while (up := self._parent.setdefault(binding, binding)) != binding:
            self._parent[binding] = binding = self._parent[up]
        return binding

    def _join(self, bindings: Iterable[NamePlace]) -> None:
        found = [self.find(b) for b in bindings]
        for each in found[1:]:
            self._parent[self.find(each)] = self.find(found[0])

    @property
    def members(self) -> dict[NamePlace, list[Placed]]:
        """Group → what it registers."""
        return grouped((self.find(known.binding), known) for known in self.known)

    @property
    def bindings(self) -> dict[NamePlace, list[NamePlace]]:
        return grouped((self.find(binding), binding) for binding in self._parent)

    def bound(self, binding: NamePlace) -> Bound:
        """What the file says of a binding."""
        path, owner, attribute = binding
        file = self.files.get(path)
        found = file.bounds.get(attribute if attribute[0] == "@" else owner) if file else None
        return found or Bound(1, ())

    def group_of(self, path: str, owner: str) -> NamePlace | None:
        """The group that the requests of a function, class or module belong to."""
        binding = self._asked.get((path, owner))
        return self.find(binding) if binding else None

    def imported(self, near: str, module: str) -> NamePlace | None:
        """A binding of the group of `from module import OLD`, or of `module.OLD`."""
        target = self.suite.module(module, near)
        if not self.fixtures.held(target, self.old):
            return None
        binding = (target, "", self.old)
        return binding if binding in self._parent else None

    # ---- what belongs together -------------------------------------------------------------

    def _join_imports(self) -> None:
        for path, file in self.suite.files.items():
            module, _, name = file.imports.get(self.old, "").rpartition(".")
            sources = [*([module or "."] if name == self.old else []), *file.stars]
            for target in (self.suite.module(source, path) for source in sources):
                found = self.fixtures.held(target, self.old) if self.fixtures.held(path, self.old) else []
                explicit = any(t.fixture and t.fixture.explicit for _, t in found)
                if found and target in self.suite.files and not explicit:
                    self._join((place, "", self.old) for place in (path, target))

    def _join_overrides(self) -> None:
        """Definitions of which one may hide the other: nested nodes, or one class below the other."""
        nodes = grouped((known.node, known.binding) for known in self.known)
        for node, bindings in nodes.items():
            above = [b for n in chain(node) if n != node for b in nodes.get(n, ()) if b not in self.apart]
            self._join([*bindings, *(above if self.apart.isdisjoint(bindings) else ())])
        for path in self.suite.files:
            for collected in self.suite.classes(path):
                bases = ((where, cls.qualname) for where, cls in collected.bases)
                family = [b for base in bases for b in self.fixtures.class_bindings(*base, self.old)]
                if any(b in self._parent for b in family):
                    self._join(family)

    def _below(self, node: str) -> list[Placed]:
        """What is registered under OLD at the node or below it."""
        return [k for k in self.known if node in chain(k.node)] if node not in ("", "/") else self.known

    # ---- requests --------------------------------------------------------------------------

    def _join_requests(self) -> None:
        old = self.old
        for names in self.fixtures.nodes.values():
            for each in (k for found in names.values() for k in found if old in k.test.requests):
                owner = owner_of(each.path, each.test)
                above = self.fixtures.visible(old, chain(each.node))
                own = each.name == old  # `def db(db)`: the next one farther away
                self._ask(owner, above if own else [*_nearest(above), *self._below(each.node)], None)
        for item in self.items:
            uses = [(path, owner) for path, owner, name in item.uses if name == old]
            owner = owner_of(item.where, item.test)
            wanted = old in item.test.requests and item.kind == "function"
            if old in item.direct:
                self.overridden.setdefault(owner, []).append(item)
                self.filled.update(uses)
            if (uses or wanted) and old not in item.direct:
                found = _nearest(self.fixtures.visible(old, item.chain))
                for each_owner in dict.fromkeys([*uses, *([owner] if wanted else [])]):
                    self._ask(each_owner, found, item)
        self._uncollected()
        self.dangling = {owner: item for owner, item in self.dangling.items() if owner not in self._asked}

    def _ask(self, owner: Owner, found: list[Placed], item: Item | None) -> None:
        if not found:
            self.dangling.setdefault(owner, item)
            return
        known = [k.binding for k in found] + ([self._asked[owner]] if owner in self._asked else [])
        self._join(known)
        self._asked[owner] = known[0]

    def _uncollected(self) -> None:
        """Tests in files that nothing seen here collects: some unread file may import them."""
        done = {*self._asked, *self.dangling, *self.overridden}
        for (path, line), test in self.functions.items():
            if self.old not in test.requests or self.old in test.direct or test.fixture or (path, line) in done:
                continue
            if not (test.step or test.name.startswith("test")):
                continue
            if self.suite.is_test_file(path) and not test.owner and not test.step:
                continue  # collected under another name, or not at all by this configuration
            cls = self.suite.cls(path, test.owner)
            if cls is None or self.suite.kind(path, cls) == "function":
                found = self.fixtures.visible(self.old, chain(node_of(path, test.owner)))
                below = self._below(f"{dirname(path)}/") if test.step else []
                self._ask((path, line), [*_nearest(found), *below], None)

    def loose(self, path: str, everywhere: bool = False) -> NamePlace | None:
        """A binding of the group that a name in helper code may mean: what the file sees, or what is below its folder.
        `everywhere` is for hooks, which pytest asks about the tests of all folders."""
        near = self.known
        if not everywhere:
            helper = not self.suite.is_test_file(path)
            home = self.fixtures.home(path) if path in self.suite.files else path
            seen = self.fixtures.visible(self.old, chain(home))
            near = [*_nearest(seen), *self._below(path if seen and not helper else f"{dirname(path)}/")]
            for importer in self.fixtures.importers(path) if helper else ():
                near += _nearest(self.fixtures.visible(self.old, chain(importer)))
                near += self._below(importer if self.suite.is_test_file(importer) else f"{dirname(importer)}/")
        self._join(k.binding for k in near)
        return near[0].binding if near else None


def _nearest(found: list[Placed]) -> list[Placed]:
    """The definitions that a name may mean: the nearest one, and those behind it that only exist sometimes."""
    last = next((n for n, k in enumerate(found) if k.when is None), len(found))
    return found[: last + 1]

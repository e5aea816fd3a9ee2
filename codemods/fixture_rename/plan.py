"""Decide, from the facts of all files, what is renamed together, what is edited where, and what is left alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from ..engine.known import Decisions, Known, Project
from ..facts.suite.build import build
from ..facts.suite.collect import Item, chain
from ..facts.suite.nodes import NamePlace, Placed
from ..facts.suite.resolve import Suite
from .capture import Capture, Worlds
from .groups import Groups, Owner, owner_of
from .result import Result, plugin_of
from .surroundings import Surroundings
from .values import Draft, File, Note, Options, Site

_MORE_THAN_A_NAME = {"F13-plugin", "F19-public"}  # the overrides are a plugin's, too, or other projects' fixtures
Kept = dict[NamePlace, list[tuple[str, Note]]]  # definitions that keep OLD whatever becomes of the others, and why


def suite_of(known: Known) -> Suite:
    """What pytest makes of the files, whatever a run without arguments would leave out."""
    return build({p: f.tests for p, f in known.facts.items() if f.tests is not None}, known.project, ignoring=False)


def decide(known: Known, options: Options) -> Decisions:
    """The plan of the rename."""
    planner = Planner(known.facts, known.project, options, known.once(suite_of), {})
    for _ in range(4):
        kept: Kept = {}
        for core in _cores(planner):
            kept |= _alone(planner, core)
        if not kept:
            break
        planner = planner.again(kept)
    return planner.result().decisions()


class Planner:
    """Works the changes out from the files' facts."""

    def __init__(
        self, files: Mapping[str, File], project: Project, options: Options, suite: Suite, kept: Kept
    ) -> None:
        self.files, self.project, self.options, self.suite, self.kept = files, project, options, suite, kept
        self.old, self.new = options.old, options.new
        self.fixtures = suite.fixtures
        self.groups = Groups(suite, files, self.old, frozenset(kept))
        self.around = Surroundings(files, self.groups, project)
        sites = [(path, site) for path, file in files.items() for site in file.sites]
        meant = [self._meant(path, site) for path, site in sites]
        self.changes = self._make_groups()
        for (path, site), binding in zip(sites, meant, strict=True):
            if binding is not None:
                self._add_site(self.changes[self.groups.find(binding)], path, site)
        self._overridden_by_parametrize()
        for group in self.changes.values():
            self._add_bounds(group)
            self._check_names(group)
            self._check_hooks(group)
            self.around.check(group)
        self._check_use()
        self._check_captures()
        for group in self.changes.values():
            if mine := [block for b in group.bindings for block in kept.get(b, ())]:
                group.blocks = list(dict.fromkeys(mine))

    def again(self, kept: Kept) -> Planner:
        """A new one for the same files, where some more definitions keep their name."""
        return Planner(self.files, self.project, self.options, self.suite, {**self.kept, **kept})

    def result(self) -> Result:
        """What the changes come to."""
        items = [item for found in self.groups.overridden.values() for item in found]
        filled = {owner_of(k.path, k.test) for item in items for k in self._before.walk(item)[1]}
        return Result(self.groups, self.changes.values(), self.options, filled)

    # ---- which site belongs to which group -------------------------------------------------

    def _meant(self, path: str, site: Site) -> NamePlace | None:
        """A binding of a site's group; None for one that means no fixture of the project."""
        if site.kind == "import":
            return self.groups.imported(path, site.source)
        if site.kind in ("direct", "free"):
            return None
        if (path, site.owner) in self.groups.overridden:
            return None  # see _overridden_by_parametrize
        asked = self.groups.group_of(path, site.owner)
        if asked is not None or site.kind == "param" or (path, site.owner) in self.groups.filled:
            return asked
        if site.kind == "text" and (path, site.owner) in self.groups.dangling:
            return None
        everywhere = site.kind == "generated" or (site.kind == "hook" and site.owner == "l")
        loose = self.groups.loose(path, everywhere) if self.groups.known else None
        if loose is not None and site.kind not in ("hook", "generated"):
            self.around.helpers.append((path, site, loose))
        return loose

    def _make_groups(self) -> dict[NamePlace, Draft]:
        found = {}
        for root, known in self.groups.members.items():
            first = min(known, key=lambda k: (_depth(k.node), k.binding))
            path, owner, attribute = first.binding
            name = ".".join(filter(None, [owner, first.test.name if attribute[0] == "@" else attribute]))
            line = self.groups.bound(first.binding).line if attribute[0] != "@" else int(attribute[1:])
            found[root] = Draft(f"{path}::{name} -> {self.new}", path, line, known, self.groups.bindings[root])
        return found

    # ---- edits -----------------------------------------------------------------------------

    def _add_site(self, group: Draft, path: str, site: Site) -> None:
        group.take(path, site)
        own = (path, site.owner) in [owner_of(k.path, k.test) for k in group.known]
        group.asked = group.asked or site.kind == "text" or not own
        group.hooks += [(path, site.line)] if site.kind in ("hook", "generated") else []
        if site.kind == "generated":
            where = f"{path}:{site.line} fills {self.old!r} where tests are generated"
            group.unsafe.append(f"F20-parametrize-override: {where}")
        function = self.groups.functions.get((path, site.owner)) if site.kind == "param" else None
        if function is not None and function.fixture is None:
            if function.unsure:
                group.block(path, site.line, "F14-dynamic", "a decorator fills parameters that cannot be seen")
            if function.step:
                group.unsafe.append("pytest-bdd steps request it")

    def _add_bounds(self, group: Draft) -> None:
        """Definitions and imports, with every reference to them in their module or class."""
        group.merged = self._takes_over(group)
        for binding in group.bindings:
            path, bound = binding[0], self.groups.bound(binding)
            lines = dict.fromkeys(k.test.line for k in group.known if k.binding == binding and k.path == path)
            own = [d for line in lines if (d := self.files[path].definitions.get(line)) is not None]
            if group.merged:
                for each in own:
                    left = [e for e in group.edits.get(path, ()) if not each.start <= e[0] < each.end]
                    group.edits[path] = [*left, (each.start, each.end, "")]
                    group.frees[path] = (*group.frees.get(path, ()), *each.frees)
                continue
            group.take(path, bound)
            group.asked = group.asked or bound.read
            group.unsafe += [f"{path}:{line} calls the fixture directly" for line in bound.calls]
            if self.options.keep_alias:
                group.edit(path, [(each.after, each.after, each.alias) for each in own])
        if not any(group.edits.values()):
            group.block(group.path, group.line, "F14-dynamic", "the definition cannot be edited")

    # ---- NEW exists already: --on-collision=use-existing -----------------------------------

    def _existing(self, known: Placed) -> Placed | None:
        """The NEW that takes over from a definition."""
        return next(iter(self.fixtures.visible(self.new, chain(known.node))), None)

    def _takes_over(self, group: Draft) -> bool:
        if self.options.on_collision != "use-existing":
            return False
        for known in group.known:
            existing = self._existing(known)
            if existing is None:
                return False
            mine, other = (self.files[k.path].definitions.get(k.test.line) for k in (known, existing))
            bound = self.groups.bound(known.binding)
            plain = mine and not mine.alone and known.binding[0] == known.path and self.old not in known.test.requests
            if not mine or not plain or len(bound.edits) > len(bound.defined):
                return False
            equal = other is not None and mine.shape == other.shape
            if not equal and not (mine.returns == self.new and self.new in known.test.requests):
                group.unsafe.append(f"{known.place} is deleted, and {existing.place} differs from it")
        return True

    # ---- what stands in the way ------------------------------------------------------------

    def _check_names(self, group: Draft) -> None:
        """Collisions of the new name, plugins, entry points, the order of autouse fixtures."""
        for known in group.known:
            path, line = known.path, known.test.line
            if plugin := plugin_of(self.suite, self.options, self.old, path):
                reason = f"{self.old!r} overrides a fixture that {plugin} requests by name"
                group.block(path, line, "F13-plugin", reason)
            elif self._asks_a_stranger(known):
                reason = f"it requests {self.old!r} itself, which nothing in the project defines: a plugin does"
                group.block(path, line, "F13-plugin", reason)
            if plugin := plugin_of(self.suite, self.options, self.new, path):
                group.block(path, line, "F10-capture", f"{self.new!r} is a fixture of {plugin}")
            same = self.fixtures.at_node(known.node).get(self.new, ())
            if same and not group.merged:
                where = f"already defined at {same[-1].place}"
                group.block(path, line, "F10-capture", f"{self.new!r} is {where}, at the same level")
            elif (other := self._existing(known)) and not group.merged:
                group.info.append(f"it becomes an override of the one at {other.place}")
            given = ((public, self.fixtures.held(public, self.old)) for public in self.fixtures.public)
            if any(public == known.path or (known.path, known.test) in held for public, held in given):
                group.block(path, line, "F19-public", f"a pytest11 entry point gives {self.old!r} to other projects")
            if known.path in self.fixtures.assumed:
                group.unsafe.append(f"pytest_plugins is computed at run time: {known.path} is taken for one of them")
            if known.test.autouse and known.binding[2][0] != "@":
                self._check_order(group, known)

    def _check_hooks(self, group: Draft) -> None:
        """A hook that asks for the name is asked of every test: of those, too, that use another NEW."""
        others = [k for names in self.fixtures.nodes.values() for k in names.get(self.new, ())]
        for path, line in group.hooks if others and not group.merged else ():
            reason = (
                f"it looks for tests that use the fixture, and would find those that use the one at {others[0].place}"
            )
            group.block(path, line, "F10-capture", reason)

    def _asks_a_stranger(self, known: Placed) -> bool:
        """Whether it is `def db(db)` with no other definition farther away."""
        above = {k.place for k in self.fixtures.visible(self.old, chain(known.node))}
        return self.old in known.test.requests and above == {known.place} and known.name == self.old

    def _check_order(self, group: Draft, known: Placed) -> None:
        """pytest runs the autouse fixtures of one holder in the order of their attributes' names."""
        low, high = sorted((self.old, self.new))
        for other in (k for found in self.fixtures.at_node(known.node).values() for k in found):
            if other.test.autouse and low < other.test.name < high:
                reason = f"{other.test.name} ({other.place}) and this fixture change places"
                group.unsafe.append(f"F17-autouse-order: {reason}")

    def _check_use(self) -> None:
        """Definitions that nobody requests are hooks of some plugin, as `vcr_config` is: it asks by name."""
        idle = [g for g in self.changes.values() if not (g.asked or any(k.test.autouse for k in g.known))]
        hook = 2 * len(idle) > len(self.changes)
        for group in self.changes.values() if hook else idle:
            whose = "" if group in idle else "most definitions of "
            reason = f"nothing here requests {whose}{self.old}: a plugin that does, by name, would not find it"
            group.unsafe.append(reason)

    # ---- tests -----------------------------------------------------------------------------

    @cached_property
    def _worlds(self) -> Worlds:
        deleted = [k for group in self.changes.values() if group.merged for k in group.known]
        return replace(self._before, merged={k.place: e for k in deleted if (e := self._existing(k))})

    @cached_property
    def _before(self) -> Worlds:
        """The same before it is known what is deleted."""
        staying = frozenset(k.place for k in self.groups.known if k.binding in self.kept)
        return Worlds(self.fixtures, self.old, self.new, staying)

    def _overridden_by_parametrize(self) -> None:
        """A test that fills OLD itself overrides the fixture for what it uses, too: all or nothing."""
        for owner, items in self.groups.overridden.items():
            for item in items:
                for path, mark, name in item.uses:
                    root = self.groups.group_of(path, mark) if name == self.old and (path, mark) != owner else None
                    if root is not None:
                        reason = f"a mark here requests {self.old!r} for {item.nodeid}, which fills it"
                        line = item.test.line if path == item.where else 1
                        self.changes[root].block(path, line, "F20-parametrize-override", reason)
                if root := self.groups.group_of(*owner) or self._overrides(item):  # a fixture for other classes
                    self._rename_argument(self.changes[root], owner, item)

    def _overrides(self, item: Item) -> NamePlace | None:
        """The group of the fixture requests that a test overrides by filling OLD itself."""
        if not self.changes or self.old not in item.direct:
            return None
        if self.old in self.fixtures.autouse(item):
            return self.groups.find(self.fixtures.visible(self.old, item.chain)[0].binding)
        found = (self.groups.group_of(*owner_of(k.path, k.test)) for k in self._before.walk(item)[1])
        return next((root for root in found if root is not None), None)

    def _rename_argument(self, group: Draft, owner: Owner, item: Item) -> None:
        path, line = item.where, item.test.line
        if self.old not in item.test.direct:
            reason = f"a mark of its class or module fills {self.old!r} for {item.test.name}"
            group.block(path, line, "F20-parametrize-override", reason)
            return
        for site in self.files[path].sites:
            if site.owner == owner[1] and site.kind in ("param", "direct", "text"):
                self._add_site(group, path, site)
        group.unsafe.append(f"F20-parametrize-override: {item.nodeid} fills {self.old!r} by parametrize")

    def _check_captures(self) -> None:
        captures: dict[NamePlace, list[Capture]] = {}

        def walk(root: NamePlace, item: Item, direct: bool, helped: bool = False) -> None:
            for worlds in self._worlds.cases:
                captures.setdefault(root, []).extend(worlds.walk(item, direct, helped)[0])

        for item in (i for items in self.groups.overridden.values() for i in items):
            if over := self._overrides(item):
                walk(over, item, True)
        for item in self.groups.items if self.changes else ():
            olds = self.fixtures.visible(self.old, item.chain)
            if olds and (self.new in item.direct or self.fixtures.visible(self.new, item.chain)):
                root = self.groups.find(olds[0].binding)
                helped = self.around.helps(root, item)
                if helped or self._worlds.initial(item):
                    walk(root, item, self._overrides(item) is not None, helped)
        for root, found in captures.items():
            group = self.changes[root]
            others = len({c.item.nodeid for c in found}) - 1
            more = f" (and {others} more test{'s' * (others > 1)})" if others else ""
            if found and self.options.on_collision == "override" and all(c.label != self.old for c in found):
                group.unsafe.append(f"{found[0]}{more}")
            elif found:
                group.block(group.path, group.line, "F10-capture", f"{found[0]}{more}")


def _depth(node: str) -> int:
    """How far a node is from the top: folders first, then modules, then classes."""
    return node.count("/") + 9 * (node.count("::") + (not node.endswith("/") and node != ""))


# ---- overrides of what must keep its name ------------------------------------------------------
# Definitions that override each other are one change, so that the override stays one. Where that change is blocked by
# what its farthest definition is or does, the others are looked at without it: it keeps OLD, they get NEW, and each
# test must still resolve to the fixture that it had. One that requests what it overrides stays with it, for its
# parameter means the other one.


def _cores(planner: Planner) -> Iterator[tuple[Draft, frozenset[NamePlace]]]:
    """Each blocked change with the farthest of the definitions that it holds, where others override them."""
    for draft in planner.changes.values():
        codes = {note[1] for _, note in draft.blocks}
        if not codes or codes & _MORE_THAN_A_NAME or draft.merged:
            continue
        nodes = {k.node for k in draft.known}
        top = [k for k in draft.known if nodes.isdisjoint(n for n in chain(k.node) if n != k.node)]
        core = frozenset(k.binding for k in top)
        several = len(core) < len({k.binding for k in draft.known}) and not core & planner.kept.keys()
        if several and not any(k.test.autouse for k in top):  # a test would get both
            yield draft, core


def _alone(planner: Planner, found: tuple[Draft, frozenset[NamePlace]]) -> Kept:
    """What blocks the farthest definitions if nothing else of their change is renamed; nothing where they could be."""
    draft, core = found
    others: Kept = {k.binding: draft.blocks for k in draft.known if k.binding not in core}
    mine = [d for d in planner.again(others).changes.values() if core & {*d.bindings}]
    if not all(d.blocks for d in mine) or any(others.keys() & {*d.bindings} for d in mine):
        return {}
    return {binding: d.blocks for d in mine for binding in d.bindings}

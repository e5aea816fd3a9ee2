"""What of a module must stay together, and who needs whom: its definitions in groups, with edges between them.

A group moves as one: what binds the same name, writes the same variable, or changes the same object while the module is
imported. An edge says that a group reads what another defines, in texts that are annotations too.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from ...engine.bindings import Binding, checking_branch, is_one_import
from ...engine.grouping import grouped
from ...engine.source import Definition, is_docstring, statements
from .. import loading
from .circles import strong
from .effects import arguments, binds, changed, stored
from .units import Outline, Unit

# why statements stay together: one name is bound twice, a function sets it, it is deleted, it may be missing,
# a statement changes the object, a statement that binds nothing is about it
Why = Literal["bound", "set", "deleted", "missing", "changed", "about"]


@dataclass(frozen=True, kw_only=True)
class Bond:
    """A reason to stay together: the name that it is about, and the line of the statement that is bound by it."""

    why: Why
    name: str
    line: int


@dataclass(frozen=True, eq=False, kw_only=True)
class Group:
    """Statements that stay together, in their order, and what they define."""

    number: int  # by the first statement
    units: tuple[Unit, ...]
    names: tuple[str, ...]
    bonds: tuple[Bond, ...] = ()

    @property
    def lines(self) -> int:
        return sum(u.lines[1] - u.lines[0] + 1 for u in self.units)


@dataclass(kw_only=True)
class Edge:
    """What one group reads of another: the names, how often, whether while the module is imported, whether it changes the
    object."""

    names: dict[str, int] = field(default_factory=dict)
    eager: bool = False
    written: bool = False


class Graph:
    """The groups of one module and the edges between them."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.names = outline.names
        self._above: dict[Unit, Unit] = {}
        self._bonds: dict[Unit, list[Bond]] = {}

    # ---- what is no definition ---------------------------------------------------------------

    @cached_property
    def imports(self) -> list[Unit]:
        """Import statements, and blocks for type checkers that only import: each part has those that it needs."""
        return [u for u in self.outline.units if not u.names & self._twice and self._only_imports(u)]

    @cached_property
    def face(self) -> list[Unit]:
        """What stays with the package itself: its docstring, `__all__` and what is known of it by name, what runs it as a
        script, and statements that are about nothing which the module defines."""
        elsewhere = {*self.imports, *(u for group in self.groups for u in group.units)}
        return [u for u in self.outline.units if u not in elsewhere]

    def _only_imports(self, unit: Unit) -> bool:
        checked = checking_branch(unit.node, self.names.checking) == "body" and not getattr(unit.node, "orelse", ())
        inner = statements([unit.node])
        return unit.is_import or (
            checked and all(isinstance(s, ast.Import | ast.ImportFrom | ast.If | ast.Pass) for s in inner)
        )

    @cached_property
    def _twice(self) -> set[str]:
        """Names that an import and something else bind, another import in a `try` included."""
        found = self.names.module.names.items()
        return {
            name for name, bound in found
            if {"import"} < {"tried" if _is_tried(b) else b.kind for b in bound} and not is_one_import(bound)
        }  # fmt: skip

    @cached_property
    def _moving(self) -> dict[Unit, None]:
        """The statements that belong to parts, in their order."""
        imports = set(self.imports)
        rest = [u for u in self.outline.units if u not in imports and not self._is_face(u)]
        own = {n for u in rest for n in u.names}
        return {u: None for u in rest if u.names or self._named(u) & own}

    def _is_face(self, unit: Unit) -> bool:
        node = unit.node
        if is_docstring(self.outline.file.tree, node) or unit is self.outline.main:
            return True
        if "__all__" in unit.names:
            return True
        if isinstance(node, ast.Expr) and (root := changed(node)) is not None and root.id == "__all__":
            return True
        if isinstance(node, Definition):
            return bool(unit.names & {"__getattr__", "__dir__"})
        return _is_told(unit) and not unit.names & self._read_in_parts

    @cached_property
    def _read_in_parts(self) -> set[str]:
        """The names that definitions read, and those that these are made from: `__version_info__` of `__version__`."""
        found = {r.name for u in self.outline.units if isinstance(u.node, Definition) for r in self.outline.reads(u)}
        told = [u for u in self.outline.units if _is_told(u) and not isinstance(u.node, Definition)]
        while more := {n for u in told if u.names & found for n in self._named(u)} - found:
            found |= more
        return found

    # ---- what stays together -----------------------------------------------------------------

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        self._join()
        found: list[Group] = []
        for units in sorted(self._together(), key=lambda units: units[0].start):
            names = dict.fromkeys(n for u in units for n in self._defined(u))
            bonds = [b for u in units for b in self._bonds.get(u, ())]
            if names:
                found.append(Group(number=len(found), units=tuple(units), names=tuple(names), bonds=tuple(bonds)))
        return tuple(found)

    @cached_property
    def definitions(self) -> tuple[str, ...]:
        """Every name that a layout gives a part, in the order of the module."""
        return tuple(name for group in self.groups for name in group.names)

    @cached_property
    def home(self) -> dict[str, Group]:
        """The group that defines a name."""
        return {name: group for group in self.groups for name in group.names}

    def _root(self, unit: Unit) -> Unit:
        while (above := self._above.get(unit, unit)) is not unit:
            unit = above
        return unit

    def _union(self, units: Iterable[Unit], why: Why, name: str) -> None:
        first: Unit | None = None
        for unit in units:
            if unit not in self._moving:
                continue
            if first is None:
                first = unit
            elif self._root(first) is not self._root(unit):
                low, high = sorted((self._root(first), self._root(unit)), key=lambda u: u.start)
                self._above[high] = low
                self._bonds.setdefault(unit, []).append(Bond(why=why, name=name, line=unit.node.lineno))

    @cached_property
    def _binding(self) -> dict[str, list[Unit]]:
        return grouped((name, u) for u in self.outline.units for name in sorted(u.names))

    def _join(self) -> None:
        for name, units in self._binding.items():
            if name in self.gone:
                users = [u for u in self._moving if name in self.eager.get(u, ())]
                self._union(sorted({*units, *users}, key=lambda u: u.start), "deleted", name)
            elif name != "*":
                self._union(units, "bound", name)
        for name in self.rebound:  # a copy of it in another part would go stale
            users = [u for u in self._moving if name in self._named(u) or name in self.outline.assigned_by(u)]
            self._union([*self._binding.get(name, ()), *users], "set", name)
        for name in self.perhaps:
            users = [u for u in self._moving if name in self._named(u)]
            self._union([*self._binding.get(name, ()), *users], "missing", name)
        for unit in self._moving:
            for name in self._changes(unit):
                self._union([*self._binding.get(name, ()), unit], "changed", name)
        for units in self._together():
            if not any(map(self._defined, units)):
                named = {n for u in units for n in self._named(u)}
                others = {u for n in named for u in self._binding.get(n, ())[-1:] if self._defined(u)} - {*units}
                last = max(others & self._moving.keys(), key=lambda u: u.start, default=None)
                if last is not None:
                    self._union([last, units[0]], "about", min(last.names))

    def _together(self) -> list[list[Unit]]:
        return [*grouped((self._root(u), u) for u in self._moving).values()]

    @cached_property
    def rebound(self) -> tuple[str, ...]:
        """Names that functions bind by `global`, also such as the module has only then."""
        found = self.names.module.names.items()
        return tuple(name for name, bound in found if any(b.guard == "global" for b in bound))

    @cached_property
    def checked(self) -> frozenset[str]:
        """Names that only type checkers see."""
        found = self.names.module.names.items()
        return frozenset(name for name, bound in found if all(b.guard == "typing" for b in bound))

    def _defined(self, unit: Unit) -> list[str]:
        """What a statement defines, in the order of its names."""
        names = [b.name for b in self._by_unit.get(unit, ()) if not isinstance(b.node, ast.ExceptHandler)]
        return [n for n in dict.fromkeys(names) if n not in self.gone and n != "*"]

    @cached_property
    def _by_unit(self) -> dict[Unit, list[Binding]]:
        bound = grouped((b.name, b) for b in self.names.module.all_bindings)
        found: dict[Unit, list[Binding]] = {}
        for unit in self.outline.units:
            lines = range(unit.node.lineno, (unit.node.end_lineno or unit.node.lineno) + 1)
            mine = [b for n in unit.names for b in bound.get(n, ()) if b.line in lines]
            found[unit] = sorted(mine, key=lambda b: (b.line, b.name))
        return found

    @cached_property
    def gone(self) -> set[str]:
        """Names that are deleted, whatever happens, and not bound again."""
        found = {name: bound[-1] for name, bound in self.names.module.names.items()}
        return {
            name for name, last in found.items() if isinstance(getattr(last.node, "ctx", None), ast.Del) and not last.guard
        }  # fmt: skip

    @cached_property
    def perhaps(self) -> list[str]:
        """Names that the module may not have in the end."""
        found = []
        for name, units in self._binding.items():
            bindings = self.names.module.names.get(name, ())
            if name == "*" or name in self.gone or any(not b.guard and not _only_annotates(b) for b in bindings):
                continue
            own = [u for u in units if u in self._moving]
            if own and name not in self.checked and not any(binds([u.node], name) for u in own):
                found.append(name)
        return found

    def _changes(self, unit: Unit) -> Iterator[str]:
        """The names of what a statement changes while the module is imported, that it does not bind itself."""
        if isinstance(unit.node, Definition):
            return
        for node in statements([unit.node]):
            if isinstance(node, Definition):
                continue
            yield from (stored.id for stored in stored(node) if stored.id not in unit.names)
            if isinstance(node, ast.Expr):
                root = changed(node)
                if root is not None and root.id in self._own:
                    named = [root]  # its method changes it, and what it is given is kept as it is
                else:
                    named = arguments(node) if isinstance(node.value, ast.Call) else []
                yield from (n.id for n in named if n.id not in unit.names and n.id in self._own)

    @cached_property
    def _own(self) -> set[str]:
        """What the module defines, imports left out."""
        return {n for u in self._moving for n in self._defined(u)}

    # ---- who needs whom ----------------------------------------------------------------------

    def _named(self, unit: Unit) -> set[str]:
        return {r.name for r in self.outline.reads(unit) if not r.guessed}

    @cached_property
    def eager(self) -> dict[Unit, set[str]]:
        """The names that each statement reads while the module is imported."""
        found: dict[Unit, set[str]] = {}
        units = self.outline.units
        at = 0
        for event in sorted(loading.read(self.outline.file), key=lambda e: e.line):
            while at + 1 < len(units) and units[at + 1].lines[0] <= event.line:
                at += 1
            if event.kind in ("use", "call"):
                found.setdefault(units[at], set()).add(event.binds)
        return found

    @cached_property
    def edges(self) -> dict[tuple[int, int], Edge]:
        """By the numbers of who reads and of what is read."""
        found: dict[tuple[int, int], Edge] = {}
        for group in self.groups:
            for unit in group.units:
                eager = self.eager.get(unit, set())
                written = self._written(unit)
                for read in self.outline.reads(unit):
                    home = self.home.get(read.name)
                    if home is not None and home is not group and not read.guessed:
                        edge = found.setdefault((group.number, home.number), Edge())
                        edge.names[read.name] = edge.names.get(read.name, 0) + 1
                        edge.eager |= read.name in eager
                        edge.written |= read.name in written
        return found

    def _written(self, unit: Unit) -> set[str]:
        """The names of the module whose objects a statement changes, also in its functions."""
        found: set[str] = set()
        for node in statements([unit.node], inside=True):
            for root in stored(node):
                home = self.names.scope(root).find(root.id)
                if home is not None and home[0] is self.names.module:
                    found.add(root.id)
        return found

    @cached_property
    def circles(self) -> tuple[tuple[int, ...], ...]:
        """The numbers of the groups that need each other, those that are needed first come first; most are alone."""
        below: dict[int, list[int]] = {group.number: [] for group in self.groups}
        for user, used in self.edges:
            below[user].append(used)
        return tuple(strong(below))


# ---- statements --------------------------------------------------------------------------------


def _is_told(unit: Unit) -> bool:
    """Whether a statement binds nothing but what is told of the module: `__version__`, `__author__`."""
    return bool(unit.names) and all(n.startswith("__") and n.endswith("__") for n in unit.names)


def _only_annotates(binding: Binding) -> bool:
    """`name: int`: that binds nothing while the program runs."""
    return isinstance(binding.statement, ast.AnnAssign) and binding.statement.value is None


def _is_tried(binding: Binding) -> bool:
    return binding.kind == "import" and bool(binding.guard) and binding.guard != "typing"

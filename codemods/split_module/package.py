"""The package that a module becomes: which statements go to which of its modules, in which order these are imported, and what
each needs."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import replace
from functools import cached_property
from itertools import pairwise, takewhile
from posixpath import dirname

from ..engine.bindings import Binding, imported
from ..engine.names import OF_MODULES, last_name
from ..engine.source import Source
from ..engine.values import Import
from ..facts.moving.graph import Graph, Group
from ..facts.moving.needs import Finder
from ..facts.moving.units import Outline, Unit
from ..facts.moving.values import Target
from . import layout as layouts
from .cluster import Limits
from .layout import Layout, LayoutError
from .proposals import Proposing
from .values import Doubt, Job, Obstacle, Piece

# what a module has that is of its place: of these a part has its own, which is another one
_PLACE = OF_MODULES - {"__name__", "__doc__", "__file__", "__builtins__"}
# what finds other files from the name of one
_BESIDE = {"dirname", "split", "join", "parent", "parents", "with_name", "joinpath", "relpath"}
_WHY = {
    "bound": "it is bound in several statements",
    "set": "functions set it",
    "deleted": "it is deleted",
    "missing": "it may be missing",
    "changed": "a statement changes it",
    "about": "a statement is about it",
}


class Package:
    """One split while it is planned."""

    def __init__(self, file: Source, job: Job) -> None:
        self.file, self.job = file, job
        self.outline = Outline(file, whole=True)
        self.graph = Graph(self.outline)
        self.names = self.outline.names
        self.obstacles: list[Obstacle] = []
        self.doubts: list[Doubt] = []
        self.pieces = self._pieces()
        self.is_whole = True
        self.first = min((u.start for piece in self.pieces for u in piece.units), default=0)

    # ---- where it lies -----------------------------------------------------------------------

    @property
    def was_package(self) -> bool:
        """Whether the module is what a package offers already."""
        return self.file.path.rpartition("/")[2] == "__init__.py"

    @property
    def folder(self) -> str:
        return dirname(self.file.path) if self.was_package else self.file.path.removesuffix(".py")

    @property
    def init(self) -> str:
        return self.inside("__init__")

    def inside(self, name: str) -> str:
        """The path of a module of the package."""
        return f"{self.folder}/{name}.py".lstrip("/")

    def target(self, name: str = "") -> Target:
        """The module, and one of the package; the package itself where none is named."""
        dest = f"{self.job.name}.{name}" if name else self.job.name
        path = self.inside(name) if name else self.init
        return Target(source=self.file.path, dest=path, source_name=self.job.name, dest_name=dest)

    # ---- which statements go where -------------------------------------------------------------

    @cached_property
    def places(self) -> dict[Unit, tuple[int, int]]:
        """When each statement of a part runs: the number of the part, and where it stands."""
        return {unit: (number, unit.start) for number, piece in enumerate(self.pieces) for unit in piece.units}

    @cached_property
    def layout(self) -> Layout:
        return self.job.layout or Proposing(self.graph, limits=Limits(most_lines=self.job.max_lines)).best().layout

    @cached_property
    def called(self) -> dict[str, str]:
        """The name of its module for each part of the layout: one that nothing else has."""
        prefix = self.job.private_prefix
        taken = {*self.names.module.names, "__init__", "__main__"}
        files = {name.casefold() for name in self.job.beside}  # those that differ by case only are one on some disks
        found: dict[str, str] = {}
        for part in self.layout.parts:
            name = part.name if part.name.startswith(prefix) else f"{prefix}{part.name}"
            while name in taken or name.casefold() in files:
                name += "_"
            taken.add(name)
            found[part.name] = name
        return found

    @cached_property
    def piece_of(self) -> dict[str, str]:
        """The module of the package that defines a name."""
        return {name: self.called[part] for name, part in self.layout.home.items()}

    def _piece(self, group: Group) -> str:
        return self.piece_of[group.names[0]]

    def _pieces(self) -> tuple[Piece, ...]:
        try:
            layouts.check(self.layout, self.graph.definitions)
        except LayoutError as error:
            self._obstacle(1, "L02-layout", str(error).removeprefix("--layout: "))
            return ()
        self._check_groups()
        if self.obstacles:
            return ()
        units: dict[str, list[Unit]] = {name: [] for name in self.called.values()}
        for group in self.graph.groups:
            units[self._piece(group)] += group.units
        docs = {self.called[part.name]: part.doc for part in self.layout.parts}
        found = [self._needed(name, docs[name], sorted(units[name], key=lambda u: u.start)) for name in self._order()]
        return tuple(found)

    def _check_groups(self) -> None:
        """What must stay together does; no part needs one that needs it."""
        for group in self.graph.groups:
            parts = {self.piece_of[name]: name for name in group.names}
            if len(parts) > 1:
                (one, first), (other, second), *_ = parts.items()
                bond = next((b for b in group.bonds if b.name in (first, second)), next(iter(group.bonds), None))
                why = f": {bond.name} must stay with its users, {_WHY[bond.why]}" if bond else ""
                line = bond.line if bond else group.units[0].node.lineno
                self._obstacle(line, "L03-apart", f"{first} in {one} and {second} in {other} belong together{why}")

    @cached_property
    def _below(self) -> dict[str, dict[str, tuple[int, str]]]:
        """For each module of the package those that it needs, with a line that reads something and what that is."""
        by_number = {group.number: group for group in self.graph.groups}
        found: dict[str, dict[str, tuple[int, str]]] = {name: {} for name in self.called.values()}
        for (user, used), edge in sorted(self.graph.edges.items()):
            here, there = self._piece(by_number[user]), self._piece(by_number[used])
            if here != there:
                name = min(edge.names)
                reads = (r for u in by_number[user].units for r in self.outline.reads(u) if r.name == name)
                start = next((r.start for r in reads if r.start >= 0), by_number[user].units[0].start)
                found[here].setdefault(there, (self.file.line_of(start), name))
        return found

    def _order(self) -> list[str]:
        """The modules as they are imported: those that are needed first, else as their first statements stood."""
        first: dict[str, int] = {}
        for group in self.graph.groups:
            first.setdefault(self._piece(group), group.units[0].start)
        done: list[str] = []
        rest = sorted(self.called.values(), key=lambda name: first.get(name, 0))
        while rest:
            ready = next((n for n in rest if self._below[n].keys() <= {*done}), None)
            if ready is None:
                self._circle(rest)
                return [*done, *rest]
            done.append(ready)
            rest.remove(ready)
        return done

    def _circle(self, rest: Sequence[str]) -> None:
        chain = [rest[0]]
        while chain[-1] not in chain[:-1]:
            chain.append(next(n for n in self._below[chain[-1]] if n in rest))
        chain = chain[chain.index(chain[-1]) :]
        for user, used in pairwise(chain):
            line, name = self._below[user][used]
            self._obstacle(
                line, "L04-cycle", f"parts need each other, {' -> '.join(chain)}: {user} reads {name} here"
            )

    # ---- what each needs -----------------------------------------------------------------------

    def _needed(self, name: str, doc: str, units: Sequence[Unit]) -> Piece:
        needs = Finder(self.outline, None, self.target(name), units, copies=False).find()
        for line, _, reason in needs.problems:
            if not self.names.stars or "star import" not in reason:  # each part has them
                self._obstacle(line, "L05-text", reason)
        requires = {*needs.requires, *(Import("__future__", f) for f in self.names.futures)}
        checked = set(needs.checked)
        siblings: set[Import] = set()
        for read, line in needs.stays.items():
            home = self.piece_of.get(read)
            if home is None:
                reads = (r for u in units for r in self.outline.reads(u) if r.name == read)
                if read != "__all__" and any(
                    r.node is not None for r in reads
                ):  # what is in texts only looks like it
                    self._obstacle(line, "L06-face", f"{read} stays with the package, and {name} reads it")
                continue
            (checked if read in self.graph.checked else siblings).add(Import(f".{home}", read))
        if checked:
            requires.add(self.checking())
        for unit in units:
            self._places(unit, requires)
        return Piece(
            name=name, doc=doc, units=tuple(units), requires=frozenset(requires), siblings=frozenset(siblings), checked=frozenset(checked),
            edits=needs.edits,
        )  # fmt: skip

    def ordered(self, piece: Piece) -> list[Import]:
        """The imports that a part takes over from a module with star imports, which it has all: in their order, for the last one
        that gives a name counts."""
        shift = Finder(self.outline, None, self.target(piece.name), ()).module
        nodes = (u.node for u in self.graph.imports if isinstance(u.node, ast.Import | ast.ImportFrom))
        items = (item for node in nodes for _, _, item in imported(node))
        found = (replace(item, module=shift(item.module)) for item in items)
        return [i for i in found if self.names.stars and (i.name == "*" or i in piece.requires)]

    def checking(self) -> Import:
        """The import of TYPE_CHECKING as the module has it."""
        for binding in self.names.module.names.get("TYPE_CHECKING", ()):
            if binding.kind == "import" and binding.item is not None:
                return binding.item
        home = self.piece_of.get("TYPE_CHECKING")
        return Import(f".{home}", "TYPE_CHECKING") if home else Import("typing", "TYPE_CHECKING")

    def _places(self, unit: Unit, requires: set[Import]) -> None:
        """What of the module's place a statement reads."""
        for read in self.outline.reads(unit):
            if read.name in self.names.module.names:
                continue
            line = self.file.line_of(read.start) if read.start >= 0 else unit.node.lineno
            if read.name in _PLACE and not (self.was_package and read.name == "__package__"):
                self._obstacle(line, "L07-place", f"it reads {read.name}, which is another one in a part")
            elif read.name == "__doc__":
                requires.add(Import(".", "__doc__"))
            elif read.name == "__file__":
                self.doubts.append(Doubt(line, "it reads __file__, which says the place of the old module"))
                if self.looks_beside(unit):
                    requires.add(Import("os"))
                    self._check_free("os", line)
            elif read.name == "__name__" and self.job.module_name != "compat":
                self.doubts.append(Doubt(line, "it reads __name__, which is that of a part now"))

    def looks_beside(self, unit: Unit) -> bool:
        """Whether a statement looks for what lies beside the file of the module: that is one folder above its part."""
        nodes = (r.node for r in self.outline.reads(unit) if r.name == "__file__" and r.node is not None)
        above = (each for node in nodes for each in takewhile(_is_expression, self.file.ancestors(node)))
        return not self.was_package and any(
            isinstance(e, ast.Attribute | ast.Call) and last_name(getattr(e, "func", e)) in _BESIDE for e in above
        )

    def _check_free(self, name: str, line: int) -> None:
        bound = self.names.module.names.get(name, ())
        if not all(b.kind == "import" and b.dotted == name for b in bound):
            self._obstacle(line, "L07-place", f"{name} is something else here, and the place of the module needs it")

    def _obstacle(self, line: int, code: str, reason: str) -> None:
        found = Obstacle(line, code, reason)
        if found not in self.obstacles:
            self.obstacles.append(found)

    # ---- what stays with the package itself ------------------------------------------------------

    def so_far(self, number: int) -> Package:
        """The package while only its first parts are there."""
        found = copy(self)
        for name in ("moved", "kept", "live"):
            found.__dict__.pop(name, None)
        found.pieces, found.is_whole = self.pieces[:number], False
        return found

    @cached_property
    def moved(self) -> list[Unit]:
        return sorted((u for piece in self.pieces for u in piece.units), key=lambda u: u.start)

    @cached_property
    def kept(self) -> list[Unit]:
        """The statements that stay, but for what runs the module as a script."""
        gone = {*self.moved, *([self.main] if self.main is not None else [])}
        return [u for u in self.outline.units if u not in gone]

    @property
    def main(self) -> Unit | None:
        """What runs the module as a script, where that gets a module of its own."""
        return self.outline.main if self.is_whole and not self.was_package else None

    @cached_property
    def live(self) -> dict[str, str]:
        """Names that the package does not hold but asks its parts for, each with the module that has it: those that functions set
        while the program runs, and those that are deprecated."""
        found: dict[str, str] = {}
        for piece in self.pieces:
            names = {n for u in piece.units for n in self.outline.assigned_by(u)}
            found |= {name: piece.name for name in self.graph.rebound if name in names}
            found |= {name: piece.name for name, _ in self.job.deprecated if self.piece_of.get(name) == piece.name}
        return dict(sorted(found.items()))

    @cached_property
    def listed(self) -> frozenset[str] | None:
        """What `__all__` says where it is plain; None where there is none."""
        built = self.names.built(self.file.tree.body, "__all__")
        if not built:
            return None
        parts = (p for value, when in built for p, _ in self.names.spread(value, when, seen=("__all__",)))
        return frozenset(p.value for p in parts if isinstance(p, ast.Constant) and isinstance(p.value, str))

    def defined(self, piece: Piece) -> Iterator[str]:
        """The names that a module of the package hands to the package, in the order of its statements."""
        bound = (b.name for u in piece.units for b in sorted(self._bindings(u), key=lambda b: b.line))
        mine = {n for n, home in self.piece_of.items() if home == piece.name}
        yield from dict.fromkeys(n for n in bound if n in mine and n not in self.live)

    def _bindings(self, unit: Unit) -> list[Binding]:
        first, last = unit.node.lineno, unit.node.end_lineno or unit.node.lineno
        return [b for n in unit.names for b in self.names.module.names[n] if first <= b.line <= last]

    def extends_all(self, piece: Piece) -> bool:
        """Whether statements of a part add to `__all__`."""
        return any(r.name == "__all__" and not r.guessed for u in piece.units for r in self.outline.reads(u))


def _is_expression(node: ast.AST) -> bool:
    return isinstance(node, ast.expr)

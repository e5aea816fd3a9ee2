"""What moved text needs where it comes to: imports, names of the module that it leaves, other names for what is taken."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from ...engine.bindings import Binding, is_one_import
from ...engine.names import item_of
from ...engine.parsing import NEWLINE
from ...engine.scopes import TYPES
from ...engine.source import statements
from ...engine.tables import BUILTINS
from ...engine.values import Import
from ..references.symbols import References
from .paths import absolute, package_of
from .units import Outline, Read, Unit
from .values import Target

# what stands in the way: a name means something else there, what moves and what stays would set the same variable, the
# text cannot move as it stands
Kind = Literal["taken", "state", "text"]


@dataclass
class Needs:
    """What was found. A problem is (line, kind, reason) in the old module."""

    requires: set[Import] = field(default_factory=set)
    checked: set[Import] = field(default_factory=set)  # for type checkers alone
    frees: set[Import] = field(default_factory=set)  # of the old module
    copies: dict[Unit, str] = field(default_factory=dict)  # statements that the new module gets, too
    shared: set[Unit] = field(default_factory=set)  # those, and those that it has already
    stays: dict[str, int] = field(default_factory=dict)  # names that stay, and where they are read
    edits: dict[int, tuple[int, str]] = field(default_factory=dict)  # start → end, new text
    problems: list[tuple[int, Kind, str]] = field(default_factory=list)
    doubts: set[str] = field(default_factory=set)


class Finder:
    """Looks for what the units that move need. Without `references` nobody knows what star imports give. With `copies` the new
    module gets loggers, type variables and imports under a condition of its own, else it takes those of the old one."""

    def __init__(
        self,
        source: Outline,
        dest: Outline | None,
        target: Target,
        units: Sequence[Unit],
        references: References | None = None,
        copies: bool = True,
    ) -> None:
        self.source, self.dest, self.target, self.references = source, dest, target, references
        self.units, self.copies = units, copies
        self.moved = frozenset(n for u in units for n in u.names) | self._set_alone(units)
        self.here = package_of(target.source_name, target.source)
        self.there = package_of(target.dest_name, target.dest)
        self.needs = Needs()

    def _set_alone(self, units: Sequence[Unit]) -> frozenset[str]:
        """Names that nothing binds but functions, all of which move."""
        names = {n for u in units for n in self.source.assigned_by(u) if not self.source.of(n)}
        staying = (u for u in self.source.units if u not in units) if names else ()
        return frozenset(names) - {n for u in staying for n in self.source.assigned_by(u)}

    def find(self) -> Needs:
        for unit in self.units:
            for read in self.source.reads(unit):
                if read.name not in self.moved and (self.copies or not read.guessed):
                    self._read(unit, read)
            for read in () if self.copies else self.source.through_aliases(unit):
                if read.name not in self.moved:
                    self._read(unit, read)
            for name in self.source.of_its_place(unit):
                self.needs.doubts.add(f"it reads {name}, which is another one there")
            self._inner_imports(unit)
        return self.needs

    def _problem(self, line: int, kind: Kind, reason: str) -> None:
        if (line, kind, reason) not in self.needs.problems:
            self.needs.problems.append((line, kind, reason))

    # ---- one name --------------------------------------------------------------------------

    def _read(self, unit: Unit, read: Read) -> None:
        bindings = self.source.names.module.names.get(read.name)
        line = self.source.file.line_of(read.start) if read.start >= 0 else unit.node.lineno
        if not bindings:
            self._unbound(read, line)
        elif (plain := _at_run_time(bindings)) and (
            is_one_import(plain) or all(b.kind == "import" and not b.guard for b in plain)
        ):
            for binding in self._meant(read, plain):
                self.needs.frees.add(item_of(binding))
                self._import(item_of(binding), read, line)
        elif all(b.kind == "import" and b.guard == "typing" for b in bindings):
            for binding in bindings:
                self.needs.frees.add(item_of(binding))
                self._check(item_of(binding), line)
        else:
            self._own(unit, read, line, bindings)

    def _check(self, item: Import, line: int) -> None:
        """An import that only type checkers see."""
        bound = self.dest.names.module.names.get(item.binds, ()) if self.dest is not None else ()
        if absolute(item.module, self.here) == self.target.dest_name and item.name == item.binds:
            return
        if not bound:
            self.needs.checked.add(replace(item, module=self.module(item.module)))
        elif not all(b.kind == "import" and self._same(item_of(b), item) for b in bound):
            self._problem(line, "taken", f"{item.binds} is something else in {self.target.dest_name}")

    def _meant(self, read: Read, bindings: Sequence[Binding]) -> list[Binding]:
        """Of `import a.b` and `import a.c` those that give what is taken."""
        if len(bindings) == 1 or read.above is None:
            return [*bindings]
        text = ""
        for node in (read.above, *self.source.file.ancestors(read.above)):
            if not isinstance(node, ast.Attribute):
                break
            text = ast.unparse(node)
        fitting = [b for b in bindings if f"{text}.".startswith(f"{item_of(b).module}.")]
        return fitting or [*bindings]

    def _unbound(self, read: Read, line: int) -> None:
        name = read.name
        if name in BUILTINS or (name.startswith("__") and name.endswith("__")):
            if self.dest is not None and name in BUILTINS and not self._is_builtin(self.dest, name):
                self._problem(line, "taken", f"{self.target.dest_name} has a {name} of its own")
            if name == "__name__":
                self.needs.doubts.add("it reads __name__, which is another one there")
            return
        known = self.references if self.source.names.stars else None
        found = known.exports.gives(self.target.source, name) if known else ()
        place = next((f.through[1] for f in found if len(f.through) > 1), None)
        module = known.modules.name(place[0]) if known and place is not None else None
        if module is not None:
            self._import(Import(module, name), read, line)
        elif self.source.names.stars:
            self._problem(line, "text", f"nobody knows which star import gives {name}")

    def _is_builtin(self, dest: Outline, name: str) -> bool:
        """Whether a module means the builtin by its name."""
        bound = dest.names.module.names.get(name)
        if not bound:
            return True
        found = self.references.exports.gives(self.target.dest, name) if self.references else ()
        return bool(found) and all((f.kind, f.name) == ("outside", f"builtins.{name}") for f in found)

    def module(self, written: str) -> str:
        """A module as the new place writes it."""
        if not written.startswith("."):
            return written
        dots = len(written) - len(written.lstrip("."))
        here, package = self.here.split("."), self.there.split(".")
        if dots > len(here) and package[: len(here)] == here:  # it leads out of what is known
            return "." * (len(package) - len(here)) + written
        parts = absolute(written, self.here).split(".")
        common = 0
        while common < min(len(parts), len(package)) and parts[common] == package[common]:
            common += 1
        if not common:
            return ".".join(parts)
        return "." * (len(package) - common + 1) + ".".join(parts[common:])

    def _import(self, item: Import, read: Read, line: int) -> None:
        local, target = item.binds, self.target
        whole = absolute(item.module, self.here)
        if item.name and whole == target.dest_name:  # it is of the module that it comes to
            if local != item.name:
                self._rename(read, item.name, line)
            return
        is_dest = (
            f"{whole}.{item.name}" == target.dest_name
            if item.name
            else bool(item.alias) and whole == target.dest_name
        )
        if is_dest and read.above is not None and read.start >= 0:
            end = self.source.file.end(read.above)
            self.needs.edits[read.start] = (end, read.above.attr)
            return
        new = replace(item, module=self.module(item.module))
        if self.dest is None or (bound := self.dest.names.module.names.get(local)) is None:
            if self.dest is not None and local in BUILTINS and self.dest.unbound(local):
                self._problem(line, "taken", f"{target.dest_name} uses the builtin {local}")
            self.needs.requires.add(new)
        elif all(b.kind == "import" and self._same(item_of(b), item) for b in bound):
            if all(b.guard == "typing" for b in bound):
                self.needs.requires.add(new)
        elif item.name and item.name != local and self._is_free(item.name, read):
            self.needs.requires.add(replace(new, alias=""))
            self._rename(read, item.name, line)
        else:
            self._problem(line, "taken", f"{local} is something else in {target.dest_name}")

    def _same(self, there: Import, here: Import) -> bool:
        return (absolute(there.module, self.there), there.name) == (absolute(here.module, self.here), here.name)

    def _is_free(self, name: str, read: Read) -> bool:
        assert self.dest is not None
        return (
            name not in self.dest.names.module.names
            and name not in self.source.names.module.names
            and read.scope.find(name) is None
            and name not in BUILTINS
        )

    def _rename(self, read: Read, new: str, line: int) -> None:
        if read.start < 0 or read.scope.find(new) not in (None, self.source.names.module.find(new)):
            self._problem(line, "taken", f"{read.name} would have to be called {new}")
        else:
            self.needs.edits[read.start] = (read.start + len(read.name), new)

    # ---- names of the module itself ----------------------------------------------------------

    def _own(self, unit: Unit, read: Read, line: int, bindings: Sequence[Binding]) -> None:
        """A name that the old module makes itself, or under a condition."""
        name = read.name
        if any(b.guard == "global" for b in bindings) and name not in self.source.assigned_by(unit):
            self._problem(line, "state", f"{name} is set by a function that stays")
            return
        units = self.source.of(name)
        if self.copies and len(units) == 1 and self._is_copied(units[0]):
            self._copy(units[0], name, line)
            return
        theirs = self.dest.names.module.names.get(name, []) if self.dest is not None else []
        own = (
            b.kind == "import" and absolute(item_of(b).module, self.there) == self.target.source_name for b in theirs
        )
        if not all(own):
            self._problem(line, "taken", f"{name} is something else in {self.target.dest_name}")
            return
        self.needs.stays.setdefault(name, line)

    def _is_copied(self, unit: Unit) -> bool:
        """A logger of the module's name, a type variable, imports under a condition: each module has its own."""
        match unit.node:
            case ast.Assign(targets=[ast.Name()], value=ast.Call(func=func, args=[first, *_])):
                meaning = self.source.names.meaning(func)
                own = isinstance(first, ast.Name) and first.id == "__name__"
                return (meaning == "logging.getLogger" and own) or meaning.rpartition(".")[2] in TYPES
            case ast.Try() | ast.If():
                inner = [*statements([unit.node])]
                return all(
                    isinstance(s, ast.Import | ast.ImportFrom | ast.Try | ast.If | ast.Pass) or _is_plain(s)
                    for s in inner
                ) and any(isinstance(s, ast.Import | ast.ImportFrom) and not s.__dict__.get("level") for s in inner)
        return False

    def _copy(self, unit: Unit, name: str, line: int) -> None:
        text = NEWLINE.sub("\n", self.source.file.text[unit.start : unit.end])
        if unit in self.needs.shared:
            return
        self.needs.shared.add(unit)
        if self.dest is not None and name in self.dest.names.module.names:
            theirs = self.dest.of(name)
            if len(theirs) != 1 or self.dest.file.segment(theirs[0].node) != self.source.file.segment(unit.node):
                self._problem(line, "taken", f"{name} is something else in {self.target.dest_name}")
            return
        self.needs.copies[unit] = text
        if "getLogger" in text:
            self.needs.doubts.add(f"{self.target.dest_name} gets a {name} of its own, with its own name")
        for read in self.source.reads(unit):
            if read.name not in self.moved and read.name != "__name__" and read.name not in unit.names:
                self._read(unit, read)

    # ---- imports in functions --------------------------------------------------------------

    def _inner_imports(self, unit: Unit) -> None:
        file = self.source.file
        for node in statements([unit.node], inside=True):
            if isinstance(node, ast.ImportFrom) and node.level:
                written = "." * node.level + (node.module or "")
                if (new := self.module(written)) != written:
                    start = file.text.index(".", file.start(node))
                    if file.text[start : start + len(written)] == written:
                        self.needs.edits[start] = (start + len(written), new)
                    else:
                        self._problem(node.lineno, "text", "the dots of an import stand apart")


def _at_run_time(bindings: Sequence[Binding]) -> list[Binding]:
    """The bindings of a name without those imports that only type checkers see."""
    return [b for b in bindings if not (b.kind == "import" and b.guard == "typing")]


def _is_plain(node: ast.stmt) -> bool:
    match node:
        case ast.Assign(targets=[ast.Name()], value=ast.Constant()):
            return True
    return False


def helpers(outline: Outline, units: Sequence[Unit], stays: Sequence[str]) -> Iterator[Unit]:
    """Private definitions that stay and that nothing reads but what moves."""
    for name in stays:
        found = outline.of(name)
        if name.startswith("_") and len(found) == 1 and found[0].names == {name}:
            others = (u for u in outline.units if u not in units and u is not found[0])
            if not any(name in {r.name for r in outline.reads(u)} for u in others):
                yield found[0]

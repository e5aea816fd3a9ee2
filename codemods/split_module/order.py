"""What statements do to the module's state while it is imported: parts run them in another order, and none of them sees the
module as a whole."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cached_property

from ..engine.grouping import grouped
from ..engine.names import root_name
from ..engine.remember import remembered
from ..engine.scopes import outside
from ..engine.source import Definition, is_function
from ..facts.moving.effects import acts, stored
from ..facts.moving.units import Unit
from .package import Package
from .values import Doubt, Obstacle
from .watched import OWN, said_by

_HOOKS = ("__init_subclass__", "__set_name__", "metaclass")  # what a class statement may run
_SUBCLASSES = "__subclasses__"  # what classes know of each other, as a name of the module's state
_OF_CLASS = ("cls", "mcs", "mcls", "metacls")
_CHANGED = {"next", "setattr", "delattr"}  # builtins that change what they are given
# what makes objects that calls of their methods leave as they are
_LASTING = ("re.compile", "logging.getLogger", "typing.", "typing_extensions.", "struct.Struct", "decimal.Decimal")
# what all modules share, and what changes it
_WORLD = {
    "environ": tuple(f"os.environ.{word}" for word in ("setdefault", "update", "pop", "clear")),
    "random": ("random.", "numpy.random."),
}
_WHOLE = ("typing.get_type_hints", "typing_extensions.get_type_hints")


class Order:
    """What each statement of the parts reaches while the module is imported, what it changes, and what it asks."""

    def __init__(self, package: Package) -> None:
        self.package, self.outline, self.names = package, package.outline, package.names
        self._hooks = any(package.file.lines_of(word) for word in _HOOKS)
        self._subclasses = bool(package.file.lines_of(_SUBCLASSES))

    @cached_property
    def _binding(self) -> dict[str, list[Unit]]:
        return grouped((name, u) for u in self.package.moved for name in sorted(u.names))

    @remembered
    def _calls(self, unit: Unit) -> bool:
        """Whether a statement may run functions."""
        node = unit.node
        if isinstance(node, Definition) and node.decorator_list:
            return True
        if isinstance(node, ast.ClassDef) and self._hooks and (node.bases or node.keywords):
            return True
        return any(isinstance(each, ast.Call | ast.With) for each in _inside(node))

    @remembered
    def _reached(self, unit: Unit) -> frozenset[str]:
        """The names of the module that a statement reads, itself or in the functions that it may run."""
        eager = self.package.graph.eager.get(unit, set())
        node = unit.node
        if (
            isinstance(node, Definition)
            and not node.decorator_list
            and not (self._hooks and isinstance(node, ast.ClassDef))
        ):
            # that something is a default or a base does not look into it
            eager = eager & {n.id for each in _inside(node) for n in _looked_into(each)}
        if not self._calls(unit):
            return frozenset(eager)
        return frozenset(eager).union(*map(self._closure, eager))

    @remembered
    def _closure(self, name: str) -> frozenset[str]:
        seen: set[str] = set()
        queue = [name]
        while queue:
            one = queue.pop()
            if one not in seen:
                seen.add(one)
                queue += [r.name for u in self._binding.get(one, ()) for r in self.outline.reads(u)]
        return frozenset(seen)

    @remembered
    def _called(self, unit: Unit) -> list[Unit]:
        """The definitions that a statement may run."""
        if not self._calls(unit):
            return []
        return [
            u for name in self._reached(unit) for u in self._binding.get(name, ()) if isinstance(u.node, Definition)
        ]

    # ---- state ---------------------------------------------------------------------------------

    def doubts(self) -> Iterator[Doubt]:
        """Statements of which one changes what the other reads, and that run in another order: why, and the line of the one that
        came first."""
        places = self.package.places
        writes = grouped((name, u) for u in self.package.moved for name in sorted(self._changed(u)))
        reads = grouped((name, u) for u in self.package.moved for name in self._touched(u) if name in writes)
        for name, writers in sorted(writes.items()):
            for writer in writers:
                for other in {*writers, *reads.get(name, ())}:
                    first, last = sorted((writer, other), key=lambda u: u.start)
                    if first is not last and places[first] > places[last]:
                        what = "what classes there are" if name == _SUBCLASSES else name
                        told = f"line {last.node.lineno} runs before line {first.node.lineno}, and one of them changes {what}"
                        yield Doubt(first.node.lineno, told)

    def _touched(self, unit: Unit) -> frozenset[str]:
        asks = self._subclasses and any(map(self._asks_subclasses, [unit, *self._called(unit)]))
        return self._reached(unit) | ({_SUBCLASSES} if asks else frozenset())

    def _asks_subclasses(self, unit: Unit) -> bool:
        now = _now(unit.node) if not isinstance(unit.node, Definition) else ast.walk(unit.node)
        return any(isinstance(n, ast.Attribute) and n.attr == _SUBCLASSES for n in now)

    def _changed(self, unit: Unit) -> set[str]:
        """The names of the module whose objects a statement may change."""
        found = {name for u in self._called(unit) for name in self._inner(u)}
        if not is_function(unit.node):
            found |= set(self._written(_now(unit.node)))
        if self._subclasses and isinstance(unit.node, ast.ClassDef) and unit.node.bases:
            found.add(_SUBCLASSES)
        return found - unit.names - {*_OF_CLASS}

    @remembered
    def _inner(self, unit: Unit) -> set[str]:
        found = set(self._written(ast.walk(unit.node)))
        if isinstance(unit.node, ast.ClassDef) and found & {*_OF_CLASS}:
            found.add(unit.node.name)
        return found

    def _written(self, nodes: Iterator[ast.AST]) -> Iterator[str]:
        for node in nodes:
            if isinstance(node, ast.stmt):
                yield from (root.id for root in stored(node) if self._is_state(root))
            if not isinstance(node, ast.Call):
                continue
            root = root_name(node.func) if isinstance(node.func, ast.Attribute) else None
            asked = isinstance(node.func, ast.Attribute) and node.func.attr == _SUBCLASSES
            if root is not None and not asked and self._is_state(root):
                yield root.id
            if isinstance(node.func, ast.Name) and (node.func.id in _CHANGED or node.func.id in self._binding):
                yield from (a.id for a in node.args if isinstance(a, ast.Name) and self._is_state(a))

    def _is_state(self, node: ast.Name) -> bool:
        """Whether a name is of an object that may change, of the module or the class that a method is of."""
        home = self.names.scope(node).find(node.id)
        if home is None or home[0] is not self.names.module:
            return node.id in _OF_CLASS
        units = self._binding.get(node.id, ())
        return bool(units) and not all(self._lasts(u.node) for u in units)

    def _lasts(self, node: ast.stmt) -> bool:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                return not node.decorator_list
            case ast.Assign(value=ast.expr() as value) | ast.AnnAssign(value=ast.expr() as value):
                if isinstance(value, ast.Call):
                    return self.names.meaning(value.func).startswith(_LASTING)
                return isinstance(value, ast.Constant | ast.JoinedStr | ast.Lambda | ast.Tuple)
        return False

    def of_world(self) -> Iterator[Doubt]:
        """Values that are made of what all modules share, where one of them changes it: the environment, random numbers."""
        for word, changing in _WORLD.items():
            if not self.package.file.lines_of(word):
                continue
            asked = {u: found for u in self.package.moved if (found := self._asked(u, word))}
            for unit in (u for u, found in asked.items() if any(f.startswith(changing) for f in found)):
                for other in asked:
                    first, last = sorted((unit, other), key=lambda u: u.start)
                    if first is not last and self.package.places[first] > self.package.places[last]:
                        one, two = first.node.lineno, last.node.lineno
                        yield Doubt(
                            one, f"line {two} runs before line {one}, and one of them changes what {word} gives"
                        )

    def _asked(self, unit: Unit, word: str) -> set[str]:
        nodes = (n for n in _now(unit.node) if isinstance(n, ast.Attribute | ast.Name))
        found = {self.names.meaning(n, rebound="first") for n in nodes}
        return {f for f in found if word in f.split(".")}

    def staying(self) -> Iterator[Doubt]:
        """Statements that stay with the package and do something: all parts run before those that stand below the first definition."""
        package = self.package
        taken = {n for n, bound in self.names.module.names.items() if any(b.kind == "import" for b in bound)}
        for unit in package.kept:
            if unit.start < package.first or not acts(unit.node):
                continue
            about = {r.name for r in self.outline.reads(unit)} & taken
            below = (u for u in package.moved if u.start > unit.start and about & self._reached(u))
            imports = (u for u in package.graph.imports if u.start > unit.start)
            later = min((*below, *imports), key=lambda u: u.start, default=None)
            if later is not None:
                line, other = unit.node.lineno, later.node.lineno
                yield Doubt(line, f"line {line} stays with the package, and what line {other} does comes first now")

    # ---- the module as a whole -----------------------------------------------------------------

    def whole(self) -> Iterator[Obstacle | Doubt]:
        """Functions that ask for the module by its name and are run while it is imported: what is there then is half of it."""
        definitions = [u for u in self.package.moved if isinstance(u.node, Definition)]
        asking = {u: found for u in definitions if (found := self._asks(u)) is not None}
        for unit in self.package.moved if asking else ():
            for called in self._called(unit):
                if (found := asking.get(called)) is None:
                    continue
                line, sure = found
                when = f"line {unit.node.lineno} runs it while that is imported"
                if sure:
                    yield Obstacle(line, "L08-dynamic", f"it takes the module by its name, and {when}")
                else:
                    yield Doubt(line, f"line {line} may take the module from sys.modules, and {when}")

    def _asks(self, unit: Unit) -> tuple[int, bool] | None:
        """The line where a definition takes a module by its name, and whether that is this one."""
        found: list[tuple[bool, int]] = []
        for node in ast.walk(unit.node):
            match node:
                case (
                    ast.Subscript(value=value, slice=key, ctx=ast.Load())
                    | ast.Call(func=ast.Attribute(value=value, attr="get"), args=[key, *_])
                ) if self.names.meaning(value) == "sys.modules":
                    own = said_by(self.names, key) in (OWN, self.package.job.name)
                    found.append((not own, node.lineno))
                case ast.Call(func=func) if self.names.meaning(func) in _WHOLE:
                    found.append((False, node.lineno))
        unsure, line = min(found, default=(True, 0))
        return (line, not unsure) if found else None


def _now(node: ast.AST) -> Iterator[ast.AST]:
    """What of a statement runs with it: functions in it do not."""
    yield node
    for child in ast.iter_child_nodes(node):
        if is_function(child) or isinstance(child, ast.Lambda):
            yield from _inside(child)
        else:
            yield from _now(child)


def _inside(node: ast.AST) -> Iterator[ast.AST]:
    """What a statement runs, its bases left out where it is a class."""
    if isinstance(node, ast.ClassDef):
        yield from (each for part in [*node.decorator_list, *node.body] for each in _now(part))
    elif is_function(node):
        yield from (each for part in outside(node) for each in _now(part))
    elif isinstance(node, ast.Lambda):
        yield from (each for part in [*node.args.defaults, *node.args.kw_defaults] if part for each in _now(part))
    else:
        yield from _now(node)


def _looked_into(node: ast.AST) -> Iterator[ast.Name]:
    if isinstance(
        node, ast.Call | ast.Attribute | ast.Subscript | ast.comprehension | ast.For | ast.BinOp | ast.Compare
    ):
        yield from (n for n in ast.walk(node) if isinstance(n, ast.Name))

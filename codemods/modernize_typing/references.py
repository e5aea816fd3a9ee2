"""How a successor is written in this file, and which imports its old name came from."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cached_property

from ..engine.scopes import imported
from ..engine.values import Import
from .names import MODULES, MOVED, SUCCESSORS, successor_import
from .scopes import Binding, Place, Scope, Scopes, root_name


@dataclass(frozen=True)
class Written:
    """A name as written, and the imports that it needs."""

    text: str
    requires: tuple[Import, ...] = ()


class References:
    """Names of one file, forwards and backwards."""

    def __init__(self, scopes: Scopes) -> None:
        self.scopes = scopes

    @cached_property
    def _locals(self) -> dict[str, tuple[str, Import, int]]:
        """Dotted name → local name, import and line, for unconditional imports at module level."""
        found: dict[str, tuple[str, Import, int]] = {}
        for local, bindings in self.scopes.module.names.items():
            if len(bindings) == 1 and bindings[0].kind == "import" and not bindings[0].guard:
                found.setdefault(bindings[0].dotted, (local, item_of(bindings[0], local), bindings[0].line))
        return found

    def local_of(self, name: str, line: int) -> str:
        """The local name of a moved typing name that this file imports at module level above a line."""
        for module in MODULES:
            if (found := self._locals.get(f"{module}.{name}")) and found[2] < line:
                return found[0]
        return ""

    def successor(self, name: str, place: Place, annotation: bool, before: int | None) -> Written | None:
        """How a typing name's successor is written at a place; None where every way is taken. `before` is
        the line where it is evaluated, None where that happens later."""
        to = SUCCESSORS[name]
        if to.module != "builtins":
            item = successor_import(name, name) if name in MOVED else Import(to.module, to.name)
            return self.write(item, place, before)
        if not self._shadowed(to.name, place, annotation, before):
            return Written(to.name)
        base = place.find("builtins")
        if base is not None and any(b.dotted != "builtins" for b in base[1]):
            return None
        return Written(f"builtins.{to.name}", (Import("builtins"),))

    def _shadowed(self, name: str, place: Place, annotation: bool, before: int | None) -> bool:
        """Whether a builtin means something else here. What is evaluated at once sees what its class bound above
        it; an annotation is looked up in the finished class: from Python 3.14 on always (PEP 649), before that
        where it is read later (T10)."""
        found = place.find(name)
        if found is None:
            return False
        scope, bindings = found
        if not scope.is_class or annotation or before is None:
            return True
        if any(b.line < before for b in bindings):
            return True
        outer = Place(tuple(s for s in place.scopes if s is not scope))
        return outer.find(name) is not None

    def write(self, default: Import, place: Place, before: int | None) -> Written | None:
        """The text for an imported name, by an import that is there above the line or by `default`."""
        dotted = f"{default.module}.{default.name}"
        if default.module in self.scopes.stars and place.find(default.binds) is None:
            return Written(default.binds)
        for prefix, rest in ((dotted, ""), (default.module, f".{default.name}")):
            if found := self._locals.get(prefix):
                local, item, line = found
                seen = place.find(local)
                if seen is not None and seen[0] is place.module and (before is None or line < before):
                    return Written(local + rest, (item,))
        for choice in (default, Import(default.module)):
            seen = place.find(choice.binds)
            same = seen is None or all(b.dotted == self._meaning(choice) for b in seen[1])
            bound = place.module.names.get(choice.binds, ())
            late = before is not None and any(b.line >= before for b in bound)  # it would not be bound again
            if same and not late and self._free(choice, place.module):
                rest = "" if choice.name else dotted.removeprefix(choice.binds)
                return Written(choice.binds + rest, (choice,))
        return None

    def _meaning(self, item: Import) -> str:
        return f"{item.module}.{item.name}" if item.name else item.binds

    def _free(self, item: Import, module: Scope) -> bool:
        if item.name in SUCCESSORS and any(star in MODULES for star in self.scopes.stars):
            return False
        return all(b.dotted == self._meaning(item) for b in module.names.get(item.binds, ()))

    def frees(self, node: ast.Name | ast.Attribute, place: Place) -> tuple[Import, ...]:
        """The imports that a typing name is read through here."""
        root = root_name(node)
        found = place.find(root.id) if root is not None else None
        return tuple(item_of(b, root.id) for b in found[1] if b.kind == "import") if root and found else ()

    def is_checked_only(self, node: ast.Name | ast.Attribute, place: Place) -> bool:
        """Whether only type checkers see what a name is read through here."""
        root = root_name(node)
        found = place.find(root.id) if root is not None else None
        return found is not None and all(b.guard == "typing" for b in found[1])


def item_of(binding: Binding, local: str) -> Import:
    """The import that an import binding makes."""
    assert isinstance(binding.node, ast.Import | ast.ImportFrom)
    return next(item for name, _, item in imported(binding.node) if name == local)

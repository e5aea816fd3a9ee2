"""What the names of a file have of typing, how a successor is written, and which imports its old name came from."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from ..engine.bindings import Binding
from ..engine.names import Names, Reference, item_of, root_name
from ..engine.remember import remembered
from ..engine.scopes import Scope
from ..engine.source import Source
from ..engine.values import Import
from .names import MODULES, MOVED, SUCCESSORS, successor_import


class TypingNames(Names):
    """The names of one file."""

    def __init__(self, file: Source) -> None:
        super().__init__(file)
        self.seen: set[str] = set()  # local names that were used as typing's

    def typing(self, node: ast.AST, scope: Scope) -> str | None:
        """`X` for a Name or Attribute that means typing.X or typing_extensions.X, by scope and not by spelling.

        A name with two bindings counts when both mean the same (`try: typing / except: typing_extensions`).
        """
        if isinstance(node, ast.Attribute):
            return node.attr if self.meaning(node.value, scope=scope) in MODULES else None
        if not isinstance(node, ast.Name):
            return None
        return self._of_typing(node.id, scope)

    @remembered
    def _of_typing(self, name: str, scope: Scope) -> str | None:
        found = scope.find(name)
        if found is None:
            return name if self.typing_star else None
        split = [b.dotted.rpartition(".") for b in found[1]]
        if len({last for _, _, last in split}) != 1 or not all(module in MODULES for module, _, _ in split):
            return None
        self.seen.add(name)
        return split[0][2]

    @property
    def typing_star(self) -> bool:
        return any(star in MODULES for star in self.stars)

    def local_of(self, name: str, line: int) -> str:
        """The local name of a moved typing name that this file imports at module level above a line."""
        found = (b for module in MODULES for b in self.given(self.module).get(f"{module}.{name}", ()))
        return next((b.name for b in found if b.line < line and len(self.module.names[b.name]) == 1), "")

    def successor(self, name: str, scope: Scope, annotation: bool, before: int | None) -> Reference | None:
        """How a typing name's successor is written at a place; None where every way is taken. `before` is
        the line where it is evaluated, None where that happens later."""
        to = SUCCESSORS[name]
        if to.module != "builtins":
            item = successor_import(name, name) if name in MOVED else Import(to.module, to.name)
            return self.write(item, scope, before)
        if not self._shadowed(to.name, scope, annotation, before):
            return Reference(text=to.name, requires=())
        base = scope.find("builtins")
        if base is not None and any(b.dotted != "builtins" for b in base[1]):
            return None
        return Reference(text=f"builtins.{to.name}", requires=(Import("builtins"),))

    def _shadowed(self, name: str, scope: Scope, annotation: bool, before: int | None) -> bool:
        """Whether a builtin means something else here. What is evaluated at once sees what its class bound above
        it; an annotation is looked up in the finished class: from Python 3.14 on always (PEP 649), before that
        where it is read later (T10)."""
        found = scope.find(name)
        if found is None:
            return False
        scope, bindings = found
        if annotation or before is None or not scope.is_class or scope.parent is None:
            return True
        return any(b.line < before for b in bindings) or scope.parent.find(name, hidden=True) is not None

    def write(self, default: Import, scope: Scope, before: int | None) -> Reference | None:
        """The text for an imported name, by an import that is there above the line, by `default` or by its module."""
        choices = [default, Import(default.module)]
        if default.name in SUCCESSORS and self.typing_star:
            del choices[0]  # the star would bring the old one
        return self.reference(f"{default.module}.{default.name}", *choices, scope=scope, before=before)

    def frees(self, node: ast.expr, scope: Scope) -> tuple[tuple[Import, ...], bool]:
        """The imports that a typing name is read through here, and whether only type checkers see them."""
        bindings = bound(node, scope)
        items = tuple(item_of(b) for b in bindings if b.kind == "import")
        return items, bool(items) and all(b.guard == "typing" for b in bindings)


def bound(node: ast.expr, scope: Scope) -> Sequence[Binding]:
    """What binds the first name of a dotted expression."""
    root = root_name(node)
    found = scope.find(root.id) if root is not None else None
    return found[1] if found else ()

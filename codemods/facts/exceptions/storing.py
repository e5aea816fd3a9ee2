"""What is done to a class or to what is defined elsewhere: attributes that are set, decorators, metaclasses, what makes fields."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from ...engine.arguments import defaults
from ...engine.source import Function, Source
from ..types.calls import Scope
from ..types.data import HANDED, How
from ..types.paths import local_class
from .data import Rebinding
from .joined import Joining

ANY = "*"  # an attribute whose name is computed


class Storing(Joining):
    qualname = ""  # of the function that is read

    def __init__(self, file: Source) -> None:
        super().__init__(file)
        self.evaluated = not any(
            isinstance(n, ast.ImportFrom)
            and n.module == "__future__"
            and any(a.name == "annotations" for a in n.names)
            for n in file.tree.body
        )
        self.stored: dict[str, None] = {}
        self.changing: dict[str, set[str]] = {}
        self.dressed: dict[str, tuple[str, ...]] = {}
        self.metaclasses: dict[str, str] = {}
        self.defaults: dict[str, dict[str, str]] = {}
        self.factories: dict[str, list[str]] = {}  # a class → what makes and checks the values of its fields

    def annotated(self, annotations: Iterable[ast.expr | None], scope: Scope) -> None:
        """Annotations are evaluated where a function is defined, until Python 3.14: what they call runs there."""
        for node in annotations if self.evaluated else ():
            for each in ast.walk(node) if node is not None else ():
                if isinstance(each, ast.Call):
                    self.expression(each, scope, HANDED)

    def rebinding(self) -> Rebinding:
        return Rebinding(
            stored=tuple(self.stored),
            changing={name: frozenset(attrs) for name, attrs in self.changing.items()},
            dressed=self.dressed,
            metaclasses=self.metaclasses,
        )

    def parts(self, node: ast.Call, scope: Scope, mode: How) -> None:
        super().parts(node, scope, mode)
        match node:
            case ast.Call(func=ast.Name(id="setattr" | "delattr"), args=[value, name, *_]):
                literal = isinstance(name, ast.Constant) and isinstance(name.value, str)
                self.store(value, str(name.value) if literal else ANY, scope)  # type: ignore[attr-defined]

    def by_default(self, node: Function, name: str, scope: Scope) -> None:
        """What parameters stand for that nothing is given for: "" for what is not known; a literal is never called."""
        given = defaults(node).items()
        found = {name: self.path(d, scope) for name, d in given if not isinstance(d, ast.Constant)}
        if found:
            self.defaults[name] = found

    def made_by(self, value: ast.Call, scope: Scope) -> None:
        """What makes or checks the value of a data class's field; that builtins make an empty one raises nothing."""
        for keyword in value.keywords:
            path = self.path(keyword.value, scope)
            plain = keyword.arg in ("default_factory", "factory") and not path.startswith("builtins.")
            if plain or keyword.arg in ("converter", "validator"):
                self.factories.setdefault(scope.cls, []).append(path)

    def store(self, value: ast.expr, attr: str, scope: Scope) -> None:
        """An attribute of a value is set; those of `self` the class has in its table."""
        if isinstance(value, ast.Name) and value.id in scope.params:
            self.changing.setdefault(self.qualname, set()).add(attr)
        path = self.path(value, scope)
        own = [f"~.{scope.owner}{end}" for end in ("*", "()", "")] if scope.owner else []
        if path and path not in own and not path.startswith("builtins."):
            self.stored[f"{path}.{attr}"] = None


def named(node: ast.ClassDef, scope: Scope) -> str:
    """The qualified name of a class that is about to be read."""
    if scope.function:
        return local_class(node)
    return f"{scope.cls}.{node.name}" if scope.cls else node.name

"""How a scope is written in the facts of a file."""

from __future__ import annotations

import ast

from ...engine.scopes import Scope
from ...engine.source import Source
from ..types.paths import local_class


def home_of(file: Source, scope: Scope | None) -> str:
    """ "" for the module, "Cls.Inner" for a class, "@12" for a function, lambda or comprehension at an offset."""
    names: list[str] = []
    while scope is not None:
        node = scope.node
        if isinstance(node, ast.ClassDef):
            around = next((s for s in scope.ancestors() if s is not scope and not s.is_types), None)
            local = around is not None and around.is_function
            names.append(local_class(node) if local else node.name)
            if local:
                break
        elif not scope.is_types and not isinstance(node, ast.Module) and not names:
            return f"@{file.start(node)}"
        scope = scope.parent
    return ".".join(reversed(names))

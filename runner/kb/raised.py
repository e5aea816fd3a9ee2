"""`raise` statements of a library's functions: what stands there, not what their callees raise."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from codemods.engine.names import Names
from codemods.engine.source import Source, is_function

ALL = {"builtins.Exception", "builtins.BaseException"}


def raised(sources: Mapping[str, Source]) -> dict[str, set[str]]:
    """By "module:qualified name" the classes, as dotted names of what the module calls them."""
    found: dict[str, set[str]] = {}
    for module, source in sources.items():
        reader = _Reader(module, source.path.rpartition("/")[2].startswith("__init__."), source.once(Names))
        for qualname, function in functions(source.tree.body):
            if classes := set(reader.walk(function.body, ())):
                found.setdefault(f"{module}:{qualname}", set()).update(classes)
    return found


def functions(body: list[ast.stmt], owner: str = "") -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for node in body:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield f"{owner}{name}", node
            case ast.ClassDef(name=name, body=inner):
                yield from functions(inner, f"{owner}{name}.")
            case ast.If(body=first, orelse=second) | ast.Try(body=first, orelse=second):
                yield from functions([*first, *second], owner)
                for handler in getattr(node, "handlers", ()):
                    yield from functions(handler.body, owner)


@dataclass(frozen=True)
class _Reader:
    module: str
    is_package: bool
    names: Names

    def walk(self, body: list[ast.stmt], caught: tuple[str, ...]) -> Iterator[str]:
        """The classes that leave these statements by a `raise` of their own."""
        for node in body:
            match node:
                case ast.Raise(exc=ast.expr() as exc):
                    name = self.cls(exc)
                    if name and not ALL & set(caught) and name not in caught:
                        yield name
                case ast.Try(body=inner, handlers=handlers, orelse=orelse, finalbody=final):
                    yield from self.walk(inner, (*caught, *(name for h in handlers for name in self.taken(h))))
                    for handler in handlers:
                        yield from self.walk(handler.body, caught)
                    yield from self.walk([*orelse, *final], caught)
                case _ if is_function(node) or isinstance(node, ast.ClassDef):
                    continue
                case _:
                    for name in ("body", "orelse"):
                        yield from self.walk(getattr(node, name, []), caught)
                    for case in getattr(node, "cases", ()):
                        yield from self.walk(case.body, caught)

    def taken(self, handler: ast.ExceptHandler) -> list[str]:
        if handler.type is None:
            return ["builtins.BaseException"]
        types = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
        return [name for node in types if (name := self.cls(node))]

    def cls(self, node: ast.expr) -> str:
        """The dotted name of what is raised, with or without arguments; "" for a local variable."""
        what = node.func if isinstance(node, ast.Call) else node
        meaning = self.names.meaning(what)
        if not meaning and isinstance(what, ast.Name) and self.names.scope(what).find(what.id) is None:
            meaning = f"builtins.{what.id}"  # a star import hardly brings another one
        if meaning.startswith(":"):
            return f"{self.module}.{meaning[1:]}"
        if meaning.startswith("."):
            rest = meaning.lstrip(".")
            up = len(meaning) - len(rest) - self.is_package
            parts = self.module.split(".")
            return ".".join([*parts[: len(parts) - up], rest]) if up < len(parts) else ""
        return meaning

"""What is needed to delete a fixture definition, to compare two, or to leave an alias beside one."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from posixpath import dirname

from ..engine.names import Names
from ..engine.source import Function, Source, is_function, statements
from ..engine.values import Import
from ..facts.suite.tests import TestFile


@dataclass(frozen=True, slots=True)
class Definition:
    """One fixture function named OLD or NEW."""

    start: int  # the whole definition with its decorators and the blank lines that go with it
    end: int
    after: int  # offset of the end of its last line: where an alias is inserted
    alias: str  # `@pytest.fixture` `def OLD(NEW): return NEW`
    shape: str  # equal for definitions that differ in docstring and local names only
    returns: str = ""  # `return db_session` and nothing else: the name
    frees: tuple[Import, ...] = ()
    alone: bool = False  # the only statement of its class


def find_definitions(file: Source, names: Names, tests: TestFile, wanted: tuple[str, str]) -> dict[int, Definition]:
    """The definitions of two fixture names in a file, by line."""
    lines = {t.line: t.owner for name in wanted for t in tests.providers.get(name, ())}
    found: dict[int, Definition] = {}
    if not lines:
        return found
    bodies = [names.body, *(list(statements(n.body)) for n in ast.walk(file.tree) if isinstance(n, ast.ClassDef))]
    for body in bodies:
        for node in body:
            if is_function(node) and node.lineno in lines:
                found[node.lineno] = _definition(file, names, node, lines[node.lineno], wanted, len(body) == 1)
    return found


def _definition(
    file: Source, names: Names, node: Function, owner: str, wanted: tuple[str, str], alone: bool
) -> Definition:
    old, new = wanted
    first, last = file.first_line(node), node.end_lineno or node.lineno
    starts = [*file.line_starts, len(file.text)]
    start, after, end = starts[first - 1], file.end(node), starts[last]
    while end < len(file.text) and not file.line(file.line_of(end)).strip():
        end = starts[file.line_of(end)]
    if end >= len(file.text):  # the last one: the blank lines above it go instead
        while first > 1 and not file.line(first - 1).strip():
            first -= 1
        start, end = starts[first - 1], len(file.text)
    body = _body(node)
    returned = body[0].value if len(body) == 1 and isinstance(body[0], ast.Return) else None
    returns = returned.id if isinstance(returned, ast.Name) else ""
    return Definition(
        start, end, after, _alias(file, node, owner, old, new), _Shape(file, names, node).text(), returns,
        tuple(_imports(names, node)), alone,
    )  # fmt: skip


def _body(node: Function) -> list[ast.stmt]:
    first = node.body[0]
    doc = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    return node.body[1:] if doc else node.body


def _alias(file: Source, node: Function, owner: str, old: str, new: str) -> str:
    decorator = next((d for d in node.decorator_list if "fixture" in ast.unparse(d)), node.decorator_list[0])
    text = file.segment(decorator.func if isinstance(decorator, ast.Call) else decorator)
    if isinstance(decorator, ast.Call):
        kept = [file.segment(k.value) for k in decorator.keywords if k.arg == "scope"]
        text += f"(scope={kept[0]})" if kept else "()" if not decorator.keywords and not decorator.args else ""
    column = file.text[file.line_starts[node.lineno - 1] : file.start(node)]
    indent = re.match(r"[ \t\f]*", column)[0]  # type: ignore[index]
    taken = f"self, {new}" if owner else new
    lines = [f"@{text}", f"def {old}({taken}):", f"{file.indent}return {new}"]
    gap = file.newline * (2 if owner else 3)
    return gap + file.newline.join(indent + line for line in lines)


def _imports(names: Names, node: Function) -> list[Import]:
    used = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
    found = []
    for local in sorted(used & names.imports.keys()):
        module, name = names.imports[local]
        found.append(Import(module, name, local if local not in (name, module.partition(".")[0]) else ""))
    return found


class _Shape(ast.NodeVisitor):
    """A definition as text: no docstring, locals by number, free names by what they are imported from."""

    def __init__(self, file: Source, names: Names, node: Function) -> None:
        self.file, self.names, self.node = file, names, node
        stored = [n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
        self.locals = {name: f"local{i}" for i, name in enumerate(dict.fromkeys(stored))}
        taken = [a.arg for a in ast.walk(node) if isinstance(a, ast.arg)]
        self.locals |= {name: f"param {name}" for name in taken}

    def text(self) -> str:
        kind = type(self.node).__name__
        parts = [*self.node.decorator_list, self.node.args, *_body(self.node)]
        return kind + ";".join(self._dump(p) for p in parts)

    def _dump(self, node: object) -> str:
        if isinstance(node, ast.Name):
            return self.locals.get(node.id) or self._meaning(node)
        if isinstance(node, ast.arg):
            return f"arg {node.arg}"
        if isinstance(node, ast.AST):
            return (
                f"{type(node).__name__}({','.join(self._dump(v) for _, v in ast.iter_fields(node) if v is not None)})"
            )
        if isinstance(node, list):
            return f"[{','.join(map(self._dump, node))}]"
        return repr(node)

    def _meaning(self, node: ast.Name) -> str:
        dotted = self.names.dotted(node)
        bound = node.id in self.names.assigned or any(getattr(s, "name", "") == node.id for s in self.names.body)
        if dotted.startswith(":") and bound:
            return f"{self.file.path}{dotted}"
        return f"{dirname(self.file.path)}{dotted}" if dotted.startswith(".") else dotted

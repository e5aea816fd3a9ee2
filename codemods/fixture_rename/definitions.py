"""What is needed to delete a fixture definition, to compare two, or to leave an alias beside one."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from posixpath import dirname

from ..engine.names import Names
from ..engine.source import Function, Source, is_docstring, is_function, statements
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
    owners = {t.line: t.owner for name in wanted for t in tests.providers.get(name, ())}
    classes = (n for n in statements(file.tree.body, inside=True) if isinstance(n, ast.ClassDef))
    found: dict[int, Definition] = {}
    for body in [names.body, *(list(statements(n.body)) for n in classes)] if owners else ():
        for node in body:
            if is_function(node) and node.lineno in owners:
                found[node.lineno] = _definition(file, names, node, owners[node.lineno], wanted, len(body) == 1)
    return found


def _definition(
    file: Source, names: Names, node: Function, owner: str, wanted: tuple[str, str], alone: bool
) -> Definition:
    first, last = file.first_line(node), (node.end_lineno or node.lineno) + 1
    while last <= len(file.line_starts) and file.is_blank(last):
        last += 1
    if file.line_end(last - 1) == len(file.text):  # the last one: the blank lines above it go instead
        while first > 1 and file.is_blank(first - 1):
            first -= 1
    body = _body(node)
    returned = body[0].value if len(body) == 1 and isinstance(body[0], ast.Return) else None
    used = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
    return Definition(
        start=file.line_starts[first - 1],
        end=file.line_end(last - 1),
        after=file.end(node),
        alias=_alias(file, node, owner, *wanted),
        shape=_shape(file, names, node),
        returns=returned.id if isinstance(returned, ast.Name) else "",
        frees=tuple(b.item for name in sorted(used) for b in names.module.names.get(name, ()) if b.item is not None),
        alone=alone,
    )


def _body(node: Function) -> list[ast.stmt]:
    return node.body[1:] if is_docstring(node, node.body[0]) else node.body


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


def _shape(file: Source, names: Names, node: Function) -> str:
    """A definition as text: no docstring, locals by number, free names by what they are imported from."""
    stored = [n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
    own = {name: f"local{i}" for i, name in enumerate(dict.fromkeys(stored))}
    own |= {a.arg: f"param {a.arg}" for a in ast.walk(node) if isinstance(a, ast.arg)}

    def dump(node: object) -> str:
        match node:
            case ast.Name(id=name) if name in own:
                return own[name]
            case ast.Name(id=name):
                dotted = names.dotted(node)
                if dotted.startswith(":") and name in names.module.names:
                    return f"{file.path}{dotted}"
                return f"{dirname(file.path)}{dotted}" if dotted.startswith(".") else dotted
            case ast.arg(arg=name):
                return f"arg {name}"
            case ast.AST():
                fields = (dump(value) for _, value in ast.iter_fields(node) if value is not None)
                return f"{type(node).__name__}({','.join(fields)})"
            case list():
                return f"[{','.join(map(dump, node))}]"
        return repr(node)

    return type(node).__name__ + ";".join(map(dump, [*node.decorator_list, node.args, *_body(node)]))

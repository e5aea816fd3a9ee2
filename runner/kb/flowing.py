"""What the flow of exceptions says of a library's functions, over its source: the engine that reads a user's project."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass

from codemods.engine.known import Project
from codemods.engine.source import Source
from codemods.facts.exceptions.data import FlowFacts
from codemods.facts.exceptions.flow import Flows
from codemods.facts.exceptions.hierarchy import Class
from codemods.facts.exceptions.meanings import meanings
from codemods.facts.exceptions.raised import Raised
from codemods.facts.exceptions.scan import read
from codemods.facts.modules import Modules

from .raised import functions


@dataclass(frozen=True)
class Flowed:
    """By "module:qualified name" classes as dotted names. `known`: all that can leave a function, for those where every callee is
    known. `reaching`: what `raise` statements of the library's functions make leave it, whatever its other callees do. `plain` are those
    of which this is all: not what a subclass may do, nor what happens when somebody uses what they give.
    `defined` are all functions that stand in the source."""

    known: Mapping[str, set[str]]
    reaching: Mapping[str, set[str]]
    plain: frozenset[str]
    defined: frozenset[str]


def flowed(sources: Mapping[str, Source]) -> Flowed:
    """What is there for a subclass to define is left out: nothing of it says what that one raises."""
    names = {source.path: module for module, source in sources.items()}
    files: dict[str, FlowFacts] = {}
    for source in sources.values():
        files.setdefault(source.path, read(source))
    modules = Modules(Project(paths=tuple(files), source_roots=(".",)))
    types = meanings(files, modules)
    flows = Flows(files, types)
    asked = {
        f"{module}:{name}": (path, name)
        for path, module in names.items()
        for name, node in functions(sources[module].tree.body)
        if not is_open(node)
    }
    every = [(f"{module}:{name}", node) for module, s in sources.items() for name, node in functions(s.tree.body)]
    for place in asked.values():
        flows.function(place)
    flows.body((), "")  # all that was asked is settled
    found = {key: flows.function(place) for key, place in asked.items()}

    def dotted(cls: Class) -> str:
        return f"{names.get(cls[0], cls[0])}.{cls[1]}"

    return Flowed(
        known={key: set(map(dotted, raised.types)) for key, raised in found.items() if is_known(raised)},
        reaching={
            key: {dotted(cls) for cls in raised.types if flows.source(raised.types[cls], cls).startswith("raise ")}
            for key, raised in found.items()
            if not raised.assumed  # else a method that just has the same name may be meant
        },
        defined=frozenset(key for key, _ in every),
        plain=frozenset({key for key, _ in every} - {key for key, node in every if not is_plain(node)}),
    )


def is_plain(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a function calls nothing of its own object, and gives no iterator and no manager that something made."""
    for inner in ast.walk(node):
        match inner:
            case ast.Call(func=function) if _of_itself(function):
                return False
            case ast.Yield() | ast.YieldFrom() | ast.Return(value=ast.Call() | ast.Await()):
                return False
    return True


def _of_itself(function: ast.expr) -> bool:
    """Whether what is called is of the object whose method calls it, or of what `super()` or `type(self)` gives."""
    match function:
        case ast.Attribute(value=value) | ast.Subscript(value=value) | ast.Call(func=value):
            return _of_itself(value)
        case ast.Name(id="self" | "cls" | "super" | "type"):
            return True
    return False


def is_known(raised: Raised) -> bool:
    return not (raised.unknown or raised.params or raised.assumed)


def is_open(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a body does nothing: `...`, `pass`, a docstring, `raise NotImplementedError`."""
    for statement in node.body:
        match statement:
            case ast.Pass() | ast.Expr(value=ast.Constant()):
                continue
            case ast.Raise(
                exc=ast.Name(id="NotImplementedError") | ast.Call(func=ast.Name(id="NotImplementedError"))
            ):
                continue
        return False
    return True

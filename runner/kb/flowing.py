"""What the flow of exceptions says of a library's functions, over its source: the engine that reads a user's project."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from codemods.engine.known import Project
from codemods.engine.source import Source
from codemods.facts.exceptions.data import FlowFacts
from codemods.facts.exceptions.flow import Flows
from codemods.facts.exceptions.meanings import meanings
from codemods.facts.exceptions.raised import Raised
from codemods.facts.exceptions.scan import read
from codemods.facts.modules import Modules

from .raised import functions


def flowed(sources: Mapping[str, Source]) -> dict[str, set[str]]:
    """By "module:qualified name" all that can leave a function, as dotted names, for those where every callee is known. What is
    there for a subclass to define is left out: nothing of it says what that one raises."""
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
    for place in asked.values():
        flows.function(place)
    flows.body((), "")  # all that was asked is settled
    found = {key: flows.function(place) for key, place in asked.items()}
    return {
        key: {f"{names.get(place, place)}.{cls}" for place, cls in raised.types}
        for key, raised in found.items()
        if is_known(raised)
    }


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

"""What runs the module as a script has a module of its own: it sets names there that others do not see, and sees itself alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..engine.bindings import is_one_import
from ..engine.source import asks_for_main
from ..facts.moving.units import Read, Unit
from .package import Package
from .values import Doubt, Obstacle

# what looks for something in the module that runs
_LOOKING = {"doctest.testmod": "doctests", "unittest.main": "tests", "fire.Fire": "commands", "pytest.main": "tests"}


def of_script(package: Package) -> Iterator[Obstacle | Doubt]:
    """Why it cannot be apart from the definitions, or may be noticed."""
    main = package.outline.main
    for unit in package.moved if package.file.lines_of("__main__") else ():
        for node in ast.walk(unit.node):
            if asks_for_main(node):
                line = node.lineno  # type: ignore[attr-defined]
                yield Doubt(line, f"line {line} asks whether the module is the script: it says its own name now")
    if main is None:
        return
    if not _is_alone(main.node):
        told = "it does something when the module is imported, too, and what runs as a script is apart from that"
        yield Obstacle(main.node.lineno, "L06-face", told)
    yield from _state(package, main)
    for node in ast.walk(main.node):
        if isinstance(node, ast.Call) and (what := _LOOKING.get(package.names.meaning(node.func))) and _is_open(node):
            yield Doubt(
                node.lineno, f"line {node.lineno} looks for {what} in what runs as a script, and they are in parts"
            )
    for line in package.file.lines_of("__main__"):
        if any(_asks(package, node) for node in _at(package, line)):
            yield Doubt(line, f"line {line} asks for the module __main__, which has no definitions of its own now")


def _state(package: Package, main: Unit) -> Iterator[Obstacle | Doubt]:
    """Variables that the script shares with definitions: it sets them for these, or sees what they set."""
    read = {r.name for u in package.outline.units if u is not main for r in package.outline.reads(u) if not r.guessed}
    for name, line in sorted(shared(package, main).items()):
        if name in read:
            yield Doubt(line, f"{name} is set by what runs as a script, and what reads it is in a part")
    for each in package.outline.reads(main):
        if each.name in package.graph.rebound and _is_load(each):
            line = package.file.line_of(each.start)
            told = f"functions set {each.name}, and what runs as a script would see it as it was"
            yield Obstacle(line, "L06-face", told)


def shared(package: Package, main: Unit) -> dict[str, int]:
    """The names that the script sets and the module, too, with the lines where the script does."""
    inside = range(main.node.lineno, (main.node.end_lineno or main.node.lineno) + 1)
    found: dict[str, int] = {}
    for name in main.names:
        bound = package.names.module.names[name]
        here = [b.line for b in bound if b.line in inside]
        if 0 < len(here) < len(bound) and not is_one_import(bound):
            found[name] = here[0]
    return found


def _is_load(read: Read) -> bool:
    return isinstance(getattr(read.node, "ctx", None), ast.Load)


def read_first(package: Package, main: Unit) -> set[str]:
    """Those of them that the script reads, too: perhaps before it sets them."""
    loaded = {r.name for r in package.outline.reads(main) if _is_load(r)}
    return {name for name in shared(package, main) if name in loaded and name in package.piece_of}


def _is_alone(node: ast.stmt) -> bool:
    """Whether a statement does nothing where the module is imported."""
    match node:
        case ast.If(test=ast.BoolOp(op=ast.And(), values=values), orelse=[]):
            return any(map(asks_for_main, values))
        case ast.If(test=test, orelse=[]):
            return asks_for_main(test)
    return False


def _is_open(call: ast.Call) -> bool:
    """Whether a call does not say where to look."""
    return not call.args and not {"m", "module", "component"} & {k.arg for k in call.keywords}


def _at(package: Package, line: int) -> Iterator[ast.AST]:
    unit = package.outline.at(line)
    return (n for n in ast.walk(unit.node) if getattr(n, "lineno", 0) == line) if unit is not None else iter(())


def _asks(package: Package, node: ast.AST) -> bool:
    match node:
        case ast.Constant(value="__main__"):
            return not any(map(asks_for_main, package.file.ancestors(node)))
        case ast.Import():
            return any(alias.name == "__main__" for alias in node.names)
        case ast.ImportFrom(module="__main__"):
            return True
    return False

"""Whether a module is a program: started by itself, it runs its own coroutines.

Under `if __name__ == "__main__":` it is enough that a loop is started or that an async function of the module is
named, there or in a function that is called from there. Code that runs at every import must do both, with a test.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from ...engine.names import Names
from ...engine.source import Definition, asks_for_main, is_function

_LIBRARIES = ("asyncio", "anyio", "trio", "curio", "uvloop")
LOOP_CALLS = {"asyncio.Runner", "trio.lowlevel.start_guest_run", *(f"{library}.run" for library in _LIBRARIES)}
LOOP_METHODS = frozenset({"run_until_complete", "run_forever"})


def starts_loop(names: Names, call: ast.Call) -> bool:
    """Whether a call starts an event loop."""
    method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    return names.dotted(call.func) in LOOP_CALLS or method in LOOP_METHODS


def runs_itself(names: Names) -> int:
    """The line that runs the module's own coroutines; 0 where the module is no program."""
    functions = {f.name: f for f in names.body if is_function(f)}
    methods = (n for cls in names.body if isinstance(cls, ast.ClassDef) for n in cls.body)
    if not any(isinstance(n, ast.AsyncFunctionDef) for n in (*names.body, *methods)):
        return 0
    for statement in names.tree.body:
        if isinstance(statement, Definition | ast.Import | ast.ImportFrom):
            continue
        guarded = any(asks_for_main(n) for n in ast.walk(statement))
        reached = list(_reached(statement, functions))
        loop = any(starts_loop(names, n) for n in reached if isinstance(n, ast.Call))
        named = {n.id for n in reached if isinstance(n, ast.Name)}
        own = {n for n in named if isinstance(functions.get(n), ast.AsyncFunctionDef)}
        if loop or own if guarded else loop and any(n.startswith("test") for n in own):
            return statement.lineno
    return 0


def _reached(node: ast.AST, functions: Mapping[str, ast.AST]) -> Iterator[ast.AST]:
    """The nodes of a statement and of the module's functions that it names, directly or through others."""
    seen: set[str] = set()
    todo = [node]
    while todo:
        for each in ast.walk(todo.pop()):
            yield each
            if isinstance(each, ast.Name) and each.id in functions and each.id not in seen:
                seen.add(each.id)
                todo.append(functions[each.id])

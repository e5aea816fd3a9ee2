"""Run by an interpreter that has the packages: whether the classes of some handlers take those that persons named.

Reads a JSON list of cases from stdin, writes a list of verdicts to stdout. A case is a module's dotted name, the import
statements that a handler can see beside the module's own, and two lists of expressions. They are evaluated where they stand,
in the module as it was imported: the classes are real, and so are their bases.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import json
import os
import signal
import sys
import warnings
from typing import Any

ASIDE = (TypeError, AttributeError, NameError, AssertionError, NotImplementedError, RecursionError, MemoryError)


def imported(name: str) -> dict[str, Any] | None:
    """A module's names; None where it cannot be imported here."""
    signal.alarm(20)
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            return dict(vars(importlib.import_module(name)))
    except BaseException:  # whatever it does at import
        return None
    finally:
        signal.alarm(0)


def namespace(case: dict[str, Any]) -> dict[str, Any]:
    """Where the handler's expressions are evaluated: the module, or what its own import statements give."""
    names = imported(case["module"])
    statements = case["local"] if names is not None else case["top"] + case["local"]
    names = names or {"__name__": case["module"], "__package__": case["module"].rpartition(".")[0]}
    for statement in statements:
        with contextlib.suppress(BaseException):
            exec(statement, names)
    return names


def classes(expressions: list[str], names: dict[str, Any]) -> list[type[BaseException]] | str:
    """The classes, or the expression that is none here."""
    found: list[type[BaseException]] = []
    for text in expressions:
        try:
            value = eval(text, dict(names))
        except BaseException:
            return text
        for one in value if isinstance(value, tuple) else (value,):
            if not (isinstance(one, type) and issubclass(one, BaseException)):
                return text
            found.append(one)
    return found


def label(cls: type) -> str:
    return cls.__qualname__ if cls.__module__ == "builtins" else f"{cls.__module__}.{cls.__qualname__}"


def takes(tool: tuple[type, ...], cls: type) -> bool:
    """LookupError is taken by KeyError and IndexError together: what a container says."""
    return issubclass(cls, tool) or (cls is LookupError and {KeyError, IndexError} <= {*tool})


def judge(case: dict[str, Any]) -> dict[str, Any]:
    names = namespace(case)
    person, tool = classes(case["person"], names), classes(case["ours"], names)
    if isinstance(person, str):
        return {"unresolved": person}
    named = [cls for cls in person if issubclass(cls, Exception) and not issubclass(cls, ASIDE)]
    verdict: dict[str, Any] = {"named": list(map(label, named)), "aside": len(person) - len(named)}
    verdict["beyond"] = any(not issubclass(cls, Exception) for cls in person)
    if not case["ours"] or isinstance(tool, str):
        return verdict | ({"unresolved": tool} if isinstance(tool, str) else {})
    missed = [cls for cls in named if not takes(tuple(tool), cls)]
    verdict["ours"] = list(map(label, tool))
    verdict["missed"] = list(map(label, missed))
    verdict["special"] = [label(cls) for cls in missed if any(issubclass(one, cls) for one in tool)]
    return verdict


def _tired(*_: object) -> None:
    raise TimeoutError


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    signal.signal(signal.SIGALRM, _tired)
    asked = json.load(sys.stdin)
    out = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    said = json.dumps([judge(case) for case in asked])
    with os.fdopen(out, "w") as stdout:
        stdout.write(said)
    os._exit(0)  # without waiting for what a module started

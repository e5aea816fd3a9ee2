"""What a type path ends at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from .data import FunctionFacts

Callable = Literal["coroutine", "sync", "asyncgen", "manager", "property"]  # what a function is to its caller
STEP = re.compile(r"\(\)|\[:?\]|[*!]|#\w+|[^.()#*!\[\]]+")


@dataclass(frozen=True, slots=True)
class Entity:
    """What a type path ends at. `owner` is the class it was looked up on, `definer` the one that defines it."""

    kind: Literal["module", "class", "instance", "function", "manager", "entering", "callable", "attribute"]
    module: str = ""  # the file
    name: str = ""  # qualified name in it; for "manager" and "entering" the type path of what is entered
    variants: tuple[FunctionFacts, ...] = ()
    owner: tuple[str, str] = ("", "")
    exact: bool = True  # False: perhaps an instance of a subclass
    doubt: str = ""
    unbound: bool = False  # a method taken from its class: the first argument is the instance
    item: tuple[str, str] = ("", "")  # of a container: the type path of what it holds, and the file that says so

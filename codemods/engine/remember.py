"""Answers that are found once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

S = TypeVar("S")
P = ParamSpec("P")
R = TypeVar("R")


def remembered(find: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[S, P], R]:
    """A method whose answers are kept with its object, by the arguments; one that needs itself must break the circle."""
    place = f"_{find.__name__}_found"

    @wraps(find)
    def ask(self: Any, *arguments: Any) -> Any:
        found = self.__dict__.get(place)
        if found is None:
            found = self.__dict__[place] = {}
        if arguments not in found:
            found[arguments] = find(self, *arguments)  # type: ignore[call-arg]
        return found[arguments]

    return ask  # type: ignore[return-value]

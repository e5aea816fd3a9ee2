"""Answers that are found once."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Self, TypeVar, cast

S = TypeVar("S")
P = ParamSpec("P")
R = TypeVar("R")


class Once:
    """Something that keeps what is made of it."""

    _made: dict[tuple[Hashable, ...], Any]

    def once(self, make: Callable[Concatenate[Self, ...], R], *arguments: Hashable) -> R:
        """`make(self, *arguments)`, made when it is asked for first."""
        key = (make, *arguments)
        if key not in self._made:
            self._made[key] = make(self, *arguments)
        return cast(R, self._made[key])


def remembered(find: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[S, P], R]:
    """A method whose answers are kept with its object, by the arguments; one that needs itself must break the circle."""
    place = f"_{find.__name__}_found"

    @wraps(find)
    def ask(self: Any, *arguments: Any) -> Any:
        try:  # most questions are asked again
            return self.__dict__[place][arguments]
        except KeyError:
            found = find(self, *arguments)  # type: ignore[call-arg]
            self.__dict__.setdefault(place, {})[arguments] = found
            return found

    return ask  # type: ignore[return-value]

from typing import Union

from .reading import hints_of


def inject(function):
    for hint in hints_of(function).values():
        if getattr(hint, "__origin__", None) is Union:
            raise TypeError(function)

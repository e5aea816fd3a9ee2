from typing import Union, get_type_hints


def inject(function):
    for hint in get_type_hints(function).values():
        if getattr(hint, "__origin__", None) is Union:
            raise TypeError(function)

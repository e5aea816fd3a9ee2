from typing import Union, get_origin


def check(field):
    origin = get_origin(field.type)
    if origin is Union:
        return True
    return origin not in (list, Union)

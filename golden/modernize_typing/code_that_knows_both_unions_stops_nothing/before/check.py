import types
from typing import Union, get_origin


def check(field):
    return get_origin(field.type) in (Union, types.UnionType)

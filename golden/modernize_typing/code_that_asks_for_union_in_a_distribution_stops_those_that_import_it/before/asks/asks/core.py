from typing import Union, get_origin


def is_union(kind):
    return get_origin(kind) is Union

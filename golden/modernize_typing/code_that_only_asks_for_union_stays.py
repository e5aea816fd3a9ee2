# args: --target-version 3.10
# skips: 1 T13-value
from typing import Union, get_args, get_origin


def members(kind):
    return get_args(kind) if get_origin(kind) is Union else (kind,)

from dataclasses import fields
from types import UnionType
from typing import Union, get_origin


def optional(model):
    return [f for f in fields(model) if get_origin(f.type) in (Union, UnionType)]

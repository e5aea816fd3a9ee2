from dataclasses import fields
from typing import Union, get_args, get_origin


def check(obj):
    for field in fields(obj):
        if get_origin(field.type) is Union:
            assert isinstance(getattr(obj, field.name), get_args(field.type))

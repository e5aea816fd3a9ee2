import typing
from dataclasses import fields


def optional(model):
    return [f for f in fields(model) if getattr(f.type, "__origin__", None) is typing.Union]

from dataclasses import fields


def optional(model):
    return [f for f in fields(model) if str(f.type).startswith("typing.Optional")]

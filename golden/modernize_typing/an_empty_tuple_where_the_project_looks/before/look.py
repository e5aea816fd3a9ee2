from typing import get_args


def look(field):
    return get_args(field.type)

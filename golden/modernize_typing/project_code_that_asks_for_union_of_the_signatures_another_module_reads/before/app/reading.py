import typing


def hints_of(function):
    return typing.get_type_hints(function)

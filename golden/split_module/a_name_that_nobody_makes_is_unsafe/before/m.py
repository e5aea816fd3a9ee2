import enum


@enum.global_enum
class Color(enum.Enum):
    RED = 1


def one():
    return RED


def two():
    return unicode

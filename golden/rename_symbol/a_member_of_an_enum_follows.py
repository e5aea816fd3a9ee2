# args: --symbol mod.Color.RED --to CRIMSON
# path: mod.py
from enum import Enum


class Color(Enum):
    RED = 1
    BLUE = 2

    @classmethod
    def first(cls):
        return cls.RED


class Other(Enum):
    RED = 1


print(Color.RED.value, Other.RED)
# output
from enum import Enum


class Color(Enum):
    CRIMSON = 1
    BLUE = 2

    @classmethod
    def first(cls):
        return cls.CRIMSON


class Other(Enum):
    RED = 1


print(Color.CRIMSON.value, Other.RED)

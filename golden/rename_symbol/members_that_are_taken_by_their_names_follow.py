# args: --symbol test_case.Color.red --to crimson
# skips: 15 S10-only-the-name
# skips: 16 S10-only-the-name
from enum import Enum


class Color(Enum):
    red = 1
    blue = 2


class Names(dict):
    red = 1


print(Color["red"], Color.red)
names = Names(red=2)
print(names["red"], Names.red)
print(Color.__members__["red"])
# output
from enum import Enum


class Color(Enum):
    crimson = 1
    blue = 2


class Names(dict):
    red = 1


print(Color["crimson"], Color.crimson)
names = Names(red=2)
print(names["red"], Names.red)
print(Color.__members__["red"])

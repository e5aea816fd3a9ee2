# args: --symbol test_case.Color.red --to crimson
from enum import Enum


class Color(Enum):
    red = 1
    blue = 2


def name(color, other):
    match color:
        case Color.red:
            return "r"
        case {"color": Color.red} | [Color.red]:
            return "more"
        case it if it == Color.red:
            return "guard"
        case red:
            return red
# output
from enum import Enum


class Color(Enum):
    crimson = 1
    blue = 2


def name(color, other):
    match color:
        case Color.crimson:
            return "r"
        case {"color": Color.crimson} | [Color.crimson]:
            return "more"
        case it if it == Color.crimson:
            return "guard"
        case red:
            return red

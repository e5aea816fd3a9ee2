# args: --symbol kinds.Point --to Spot
# path: kinds.py
# skips: 8 S10-only-the-name
from collections import namedtuple
from enum import Enum

Point = namedtuple("Point", "x y")
Color = Enum("Color", ["RED"])


message = "Point"
# output
from collections import namedtuple
from enum import Enum

Spot = namedtuple("Spot", "x y")
Color = Enum("Color", ["RED"])


message = "Point"

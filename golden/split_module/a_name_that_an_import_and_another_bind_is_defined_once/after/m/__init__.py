import json

from . import _a, _b
from ._a import loads as loads
from ._b import two as two

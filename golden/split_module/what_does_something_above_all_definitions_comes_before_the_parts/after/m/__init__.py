import decimal
import os

os.environ.setdefault("LEVEL", "1")
decimal.getcontext().prec = 5

from . import _a, _b
from ._a import LEVEL as LEVEL, one as one
from ._b import two as two

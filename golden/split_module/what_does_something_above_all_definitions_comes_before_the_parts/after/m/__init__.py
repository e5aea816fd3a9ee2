import os

os.environ.setdefault("LEVEL", "1")

from . import _a, _b
from ._a import LEVEL as LEVEL, one as one
from ._b import two as two

import sys

from . import _b, _a
from ._a import fast as fast, one as one

try:
    from ._b import SEP as SEP, drive as drive
except ImportError:  # under a condition
    pass

import sys

from . import _a, _b
from ._a import one

try:
    from ._b import drive
except ImportError:  # under a condition
    pass

__all__ = ["one"]


__all__ += _b.__all__

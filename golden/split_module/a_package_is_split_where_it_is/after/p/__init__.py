"""The package."""

from ._a import x
from . import _a_, _b
from ._a_ import one as one
from ._b import two as two

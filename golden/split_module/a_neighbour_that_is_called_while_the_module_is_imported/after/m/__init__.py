from _m import make

from . import _a, _b
from ._a import X as X
from ._b import two as two

from . import _a, _b
from ._a import LIMIT as LIMIT, one as one
from ._b import two as two

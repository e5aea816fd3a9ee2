from . import _a, _b
from ._a import LIMIT as LIMIT
from ._b import two as two


__annotations__ = {**_a.__annotations__}

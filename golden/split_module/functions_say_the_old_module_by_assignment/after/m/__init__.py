from . import _a, _b
from ._a import one as one
from ._b import two as two, X as X


for _thing in (
    one,
    two,
):
    _thing.__module__ = __name__
del _thing

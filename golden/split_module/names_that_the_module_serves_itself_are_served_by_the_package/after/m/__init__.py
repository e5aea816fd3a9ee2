from . import _a, _b
from ._a import one as one
from ._b import two as two


def __getattr__(name):
    if name == 'old':
        globals()[name] = two
        return two
    raise AttributeError(name)

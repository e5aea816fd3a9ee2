from . import _a, _b
from ._a import one as one
from ._b import two as two


_LIVE = {  # set by functions of these parts, and read there
    "x": _a,
}


def __getattr__(name: str) -> object:
    if name in _LIVE:
        return getattr(_LIVE[name], name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

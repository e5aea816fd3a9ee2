import warnings as _warnings

from . import _a, _b
from ._b import two

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._a import one as one
del TYPE_CHECKING

__all__ = ["two"]


_LIVE = {  # asked of these parts
    "one": _a,
}
_DEPRECATED = {  # gone in these versions
    "one": "3.0",
}


def __getattr__(name: str) -> object:
    if name in _DEPRECATED:
        told = f"{__name__}.{name} is gone in {_DEPRECATED[name]}"
        _warnings.warn(told, DeprecationWarning, stacklevel=2)
    if name in _LIVE:
        return getattr(_LIVE[name], name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

import sys as _sys
import types as _types

from . import _a, _b
from ._a import __version__ as __version__, __cache as __cache, one as one
from ._b import two as two


_PARTS = (_a, _b)


class _Facade(_types.ModuleType):
    """The module as a whole: what is set in it is set in the parts that have it."""

    def __setattr__(self, name: str, value: object) -> None:
        known = any(name in vars(module) for module in (self, *_PARTS))
        for part in _PARTS if name[:2] != "__" or name == "__cache" or name == "__version__" else ():
            if name in vars(part) or not known:  # a new name is new for all of them
                setattr(part, name, value)
        super().__setattr__(name, value)

    def __delattr__(self, name: str) -> None:
        for part in _PARTS if name[:2] != "__" or name == "__cache" or name == "__version__" else ():
            vars(part).pop(name, None)
        super().__delattr__(name)


_sys.modules[__name__].__class__ = _Facade

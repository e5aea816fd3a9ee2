import sys as _sys
import types as _types

from . import _flags, _things
from ._flags import debug as debug, is_debug as is_debug
from ._things import _seen as _seen, see as see

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._flags import DEBUG as DEBUG
del TYPE_CHECKING


_PARTS = (_flags, _things)
_LIVE = {  # set by functions of these parts, and read there
    "DEBUG": _flags,
}


class _Facade(_types.ModuleType):
    """The module as a whole: what is set in it is set in the parts that have it."""

    def __getattr__(self, name: str) -> object:
        if name in _LIVE:
            return getattr(_LIVE[name], name)
        raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")

    def __setattr__(self, name: str, value: object) -> None:
        known = any(name in vars(module) for module in (self, *_PARTS))
        for part in _PARTS if name[:2] != "__" else ():
            if name in vars(part) or not known:  # a new name is new for all of them
                setattr(part, name, value)
        if name not in _LIVE:
            super().__setattr__(name, value)

    def __delattr__(self, name: str) -> None:
        for part in _PARTS if name[:2] != "__" else ():
            vars(part).pop(name, None)
        if name not in _LIVE:
            super().__delattr__(name)

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *_LIVE]

    @property
    def __dict__(self) -> dict[str, object]:  # `import *` looks here
        there = {name: vars(part)[name] for name, part in _LIVE.items() if name in vars(part)}
        return {**super().__dict__, **there}


_sys.modules[__name__].__class__ = _Facade

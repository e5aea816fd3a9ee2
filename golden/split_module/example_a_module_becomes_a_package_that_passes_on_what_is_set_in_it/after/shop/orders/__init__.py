"""Orders."""

from __future__ import annotations

import logging
import sys as _sys
import types as _types
from decimal import Decimal

from ..money import cents
from . import _models, _sums
from ._models import Order
from ._sums import log as log, total, _sum as _sum

__all__ = ["Order", "total"]


_PARTS = (_models, _sums)


class _Facade(_types.ModuleType):
    """The module as a whole: what is set in it is set in the parts that have it."""

    def __setattr__(self, name: str, value: object) -> None:
        known = any(name in vars(module) for module in (self, *_PARTS))
        for part in _PARTS if name[:2] != "__" else ():
            if name in vars(part) or not known:  # a new name is new for all of them
                setattr(part, name, value)
        super().__setattr__(name, value)

    def __delattr__(self, name: str) -> None:
        for part in _PARTS if name[:2] != "__" else ():
            vars(part).pop(name, None)
        super().__delattr__(name)


_sys.modules[__name__].__class__ = _Facade

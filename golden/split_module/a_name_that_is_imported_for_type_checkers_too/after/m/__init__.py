from typing import TYPE_CHECKING

from decimal import Decimal

if TYPE_CHECKING:
    from decimal import Decimal

from . import _a, _b
from ._a import one as one
from ._b import two as two

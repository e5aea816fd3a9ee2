from typing import TYPE_CHECKING

from decimal import Decimal

if TYPE_CHECKING:
    from decimal import Decimal


def one(x: 'Decimal'): ...


def two():
    return 2

from __future__ import annotations

from typing import TYPE_CHECKING

from shop import base

if TYPE_CHECKING:
    from shop.cart import Cart


class Client(base.Base):
    cart: Cart

    async def buy(self): ...

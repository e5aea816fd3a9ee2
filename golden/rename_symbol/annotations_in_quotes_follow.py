# args: --symbol shop.Cart --to Basket
# path: shop.py
from __future__ import annotations

import typing
from typing import Optional, TypeVar, cast

T = TypeVar("T", bound="Cart")


class Cart:
    def join(self, other: "Cart") -> "Optional[Cart]":
        return cast("Cart", other)


def first(carts: "list[typing.Optional[Cart]]", *, kind: typing.Literal["plain"]) -> "dict[str, Cart]":
    found: "Cart | None" = None
    return found


def second(Cart):
    print("other")
# output
from __future__ import annotations

import typing
from typing import Optional, TypeVar, cast

T = TypeVar("T", bound="Basket")


class Basket:
    def join(self, other: "Basket") -> "Optional[Basket]":
        return cast("Basket", other)


def first(carts: "list[typing.Optional[Basket]]", *, kind: typing.Literal["plain"]) -> "dict[str, Basket]":
    found: "Basket | None" = None
    return found


def second(Cart):
    print("other")

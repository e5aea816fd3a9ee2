# args: --unsafe
# path: shop.py
import asyncio

PRICES = {"apple": 3}


def price(name: str) -> int:
    return PRICES[name]


async def shown(name: str) -> int:
    try:
        return await asyncio.to_thread(price, name)
    except Exception:
        return 0
# output
import asyncio

PRICES = {"apple": 3}


def price(name: str) -> int:
    return PRICES[name]


async def shown(name: str) -> int:
    try:
        return await asyncio.to_thread(price, name)
    except KeyError:
        return 0

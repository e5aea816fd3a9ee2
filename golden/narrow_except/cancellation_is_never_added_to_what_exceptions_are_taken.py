# args: --unsafe
# path: shop.py
import asyncio


async def price(prices: dict[str, int], name: str) -> int:
    try:
        if name == "stop":
            raise asyncio.CancelledError
        return prices[name]
    except Exception:
        return 0
# output
import asyncio


async def price(prices: dict[str, int], name: str) -> int:
    try:
        if name == "stop":
            raise asyncio.CancelledError
        return prices[name]
    except KeyError:
        return 0

# args: --unsafe
# path: shop.py
import asyncio


async def price(prices: dict[str, int]) -> int:
    return prices["apple"]


async def name(names: list[str]) -> str:
    return names[0]


async def both(prices: dict[str, int], names: list[str]) -> bool:
    try:
        await asyncio.gather(price(prices), name(names))
    except Exception:
        return False
    return True
# output
import asyncio


async def price(prices: dict[str, int]) -> int:
    return prices["apple"]


async def name(names: list[str]) -> str:
    return names[0]


async def both(prices: dict[str, int], names: list[str]) -> bool:
    try:
        await asyncio.gather(price(prices), name(names))
    except (IndexError, KeyError):
        return False
    return True

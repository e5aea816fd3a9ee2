# args: --unsafe
# path: shop.py
# skips: 11 N02-nothing
import asyncio


async def price(prices: dict[str, int]) -> int:
    return prices["apple"]


async def both(prices: dict[str, int]) -> bool:
    try:
        await asyncio.gather(price(prices), price(prices), return_exceptions=True)
    except Exception:
        return False
    return True

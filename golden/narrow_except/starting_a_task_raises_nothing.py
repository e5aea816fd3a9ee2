# args: --unsafe
# path: shop.py
# skips: 11 N02-nothing
import asyncio


async def price(prices: dict[str, int]) -> int:
    return prices["apple"]


async def start(prices: dict[str, int]) -> int:
    try:
        task = asyncio.create_task(price(prices))
    except Exception:
        return 0
    return await task

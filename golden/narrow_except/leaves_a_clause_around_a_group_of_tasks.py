# args: --unsafe
# path: shop.py
# skips: 13 N08-group
import asyncio


async def price(prices: dict[str, int]) -> int:
    return prices["apple"]


async def both(prices: dict[str, int]) -> bool:
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(price(prices))
            group.create_task(price(prices))
    except Exception:
        return False
    return True

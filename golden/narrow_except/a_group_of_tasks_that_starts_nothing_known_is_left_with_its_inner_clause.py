# args: --unsafe
# path: shop.py
# skips: 7 N15-thread-or-task
import asyncio


async def price(prices: dict[str, int]) -> int:
    try:
        return prices["apple"]
    except Exception:
        return 0


async def both(prices: dict[str, int]) -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(price(prices))

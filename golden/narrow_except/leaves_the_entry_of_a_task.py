# args: --unsafe
# path: shop.py
# skips: 7 N15-thread-or-task
import asyncio


async def count(prices: dict[str, int]) -> None:
    try:
        print(prices["apple"])
    except Exception:
        print("no apples")


async def start(prices: dict[str, int]) -> None:
    task = asyncio.create_task(count(prices))
    await asyncio.sleep(1)
    task.cancel()

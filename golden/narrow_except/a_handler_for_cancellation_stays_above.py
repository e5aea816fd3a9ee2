# args: --unsafe
# path: shop.py
import asyncio


async def price(prices: dict[str, int], name: str) -> int:
    try:
        await asyncio.sleep(1)
        return prices[name]
    except asyncio.CancelledError:
        raise
    except Exception:
        return 0
# output
import asyncio


async def price(prices: dict[str, int], name: str) -> int:
    try:
        await asyncio.sleep(1)
        return prices[name]
    except asyncio.CancelledError:
        raise
    except KeyError:
        return 0

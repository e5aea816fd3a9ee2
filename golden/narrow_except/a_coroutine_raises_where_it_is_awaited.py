# args: --unsafe
# path: shop.py
# skips: 15 N02-nothing
async def price(prices: dict[str, int]) -> int:
    return prices["apple"]


async def awaited(prices: dict[str, int]) -> int:
    try:
        return await price(prices)
    except Exception:
        return 0


async def made(prices: dict[str, int]) -> int:
    try:
        coming = price(prices)
    except Exception:
        return 0
    return await coming
# output
async def price(prices: dict[str, int]) -> int:
    return prices["apple"]


async def awaited(prices: dict[str, int]) -> int:
    try:
        return await price(prices)
    except KeyError:
        return 0


async def made(prices: dict[str, int]) -> int:
    try:
        coming = price(prices)
    except Exception:
        return 0
    return await coming

# args: --unsafe
# path: shop.py
# skips: 29 N01-unknown
import asyncio


async def price(name: str) -> int:
    raise KeyError(name)


async def told(text: str) -> int:
    try:
        await asyncio.gather(price(text), return_exceptions=False)
        return int(text)
    except Exception:
        return 0


async def started(text: str) -> int:
    try:
        await asyncio.wait_for(asyncio.create_task(price(text)), 1)
        return int(text)
    except Exception:
        return 0


async def several(text: str) -> int:
    tasks = [asyncio.create_task(price(text))]
    try:
        await asyncio.gather(*tasks)
        return int(text)
    except Exception:
        return 0


async def quiet(text: str) -> int:
    try:
        await asyncio.gather(price(text), return_exceptions=True)
        return int(text)
    except Exception:
        return 0
# output
import asyncio


async def price(name: str) -> int:
    raise KeyError(name)


async def told(text: str) -> int:
    try:
        await asyncio.gather(price(text), return_exceptions=False)
        return int(text)
    except (KeyError, ValueError):
        return 0


async def started(text: str) -> int:
    try:
        await asyncio.wait_for(asyncio.create_task(price(text)), 1)
        return int(text)
    except (KeyError, TimeoutError, ValueError):
        return 0


async def several(text: str) -> int:
    tasks = [asyncio.create_task(price(text))]
    try:
        await asyncio.gather(*tasks)
        return int(text)
    except Exception:
        return 0


async def quiet(text: str) -> int:
    try:
        await asyncio.gather(price(text), return_exceptions=True)
        return int(text)
    except ValueError:
        return 0

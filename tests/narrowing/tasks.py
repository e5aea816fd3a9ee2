"""asyncio: tasks raise where they are awaited."""

import asyncio


async def price(prices: dict[str, int], name: str) -> int:
    await asyncio.sleep(0)
    return prices[name]


async def awaited(name: str) -> int:
    task = asyncio.create_task(price({"apple": 3}, name))
    try:
        return await task
    except Exception:
        return -1


async def in_order(name: str) -> int:
    found = 0
    try:
        for coming in asyncio.as_completed([price({"apple": 3}, "apple"), price({}, name)]):
            found += await coming
    except Exception:
        return -1
    return found


async def values(name: str) -> list[str]:
    try:
        found = await asyncio.gather(price({}, name), price({"apple": 1}, "apple"), return_exceptions=True)
    except Exception:
        return []
    return [type(each).__name__ for each in found]


async def in_a_thread(name: str) -> int:
    try:
        return await asyncio.to_thread({"apple": 3}.__getitem__, name)
    except Exception:
        return -1


NARROWED = ["awaited"]
ARRIVE = [
    ("KeyError", lambda: asyncio.run(awaited("pear"))),
    ("KeyError", lambda: asyncio.run(in_order("pear"))),
    ("KeyError", lambda: asyncio.run(in_a_thread("pear"))),
]

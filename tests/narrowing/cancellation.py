"""Cancellation passes by `except Exception`, and must go on to do so."""

import asyncio


async def price(name: str) -> int:
    await asyncio.sleep(0 if name else 5)
    return {"apple": 3}[name]


async def careful(name: str) -> int:
    try:
        return await price(name)
    except asyncio.CancelledError:
        return -1
    except Exception:
        return -2


async def careless(name: str) -> int:
    try:
        return await price(name)
    except Exception:
        return -3


async def cancelled() -> str:
    task = asyncio.create_task(careful(""))
    other = asyncio.create_task(careless(""))
    await asyncio.sleep(0.01)
    task.cancel()
    other.cancel()
    found = await asyncio.gather(task, other, return_exceptions=True)
    return ", ".join(type(each).__name__ for each in found)


ARRIVE = [
    ("CancelledError", lambda: asyncio.run(cancelled())),
    ("KeyError", lambda: asyncio.run(careful("pear"))),
    ("KeyError", lambda: asyncio.run(careless("pear"))),
]

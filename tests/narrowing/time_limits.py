"""asyncio: what takes too long, and what fails while it is awaited."""

import asyncio


class Refused(Exception):
    pass


async def slow(seconds: float) -> str:
    await asyncio.sleep(seconds)
    return "done"


async def refused() -> str:
    raise Refused


async def limited(seconds: float) -> str:
    try:
        return await asyncio.wait_for(slow(seconds), 0.01)
    except Exception:
        return "late"


async def asked() -> str:
    try:
        return await asyncio.wait_for(refused(), 1)
    except Exception:
        return "refused"


async def in_a_block() -> str:
    try:
        async with asyncio.timeout(0.01):
            await asyncio.sleep(1)
    except Exception:
        return "late"
    return "done"


async def both() -> str:
    try:
        await asyncio.gather(slow(0), refused())
    except Exception:
        return "refused"
    return "done"


NARROWED = ["limited", "asked", "both"]
ARRIVE = [
    ("TimeoutError", lambda: asyncio.run(limited(1))),
    ("Refused", lambda: asyncio.run(asked())),
    ("TimeoutError", lambda: asyncio.run(in_a_block())),
    ("Refused", lambda: asyncio.run(both())),
]

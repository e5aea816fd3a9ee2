import asyncio


async def load(name: str) -> str:
    return name


async def price(name: str) -> str:
    try:
        return await asyncio.wait_for(load(name), 1)
    except Exception:
        return ""

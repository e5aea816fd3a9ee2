"""Objects of a project that are awaited, iterated and entered asynchronously."""

import asyncio
from collections.abc import AsyncIterator, Generator


class Late(Exception):
    pass


class Coming:
    def __await__(self) -> Generator[None, None, int]:
        yield from asyncio.sleep(0).__await__()
        raise Late


class Pages:
    def __init__(self, pages: list[str]) -> None:
        self.pages = pages

    def __aiter__(self) -> "Pages":
        return self

    async def __anext__(self) -> int:
        if not self.pages:
            raise StopAsyncIteration
        return int(self.pages.pop())


class Gate:
    async def __aenter__(self) -> None:
        await asyncio.sleep(0)

    async def __aexit__(self, *caught: object) -> None:
        raise Late


async def step(name: str) -> int:
    return {"apple": 3}[name]


async def two_steps(name: str) -> int:
    first = step("apple")
    second = step(name)
    return await first + await second


class Shop:
    async def price(self, name: str) -> int:
        return await two_steps(name)

    @property
    def coming(self) -> Coming:
        return Coming()


async def waited() -> int:
    try:
        return await Coming()
    except Exception:
        return -1


async def by_property(shop: Shop) -> int:
    try:
        return await shop.coming
    except Exception:
        return -1


async def read(pages: list[str]) -> int:
    total = 0
    try:
        async for page in Pages(pages):
            total += page
    except Exception:
        return -1
    return total


async def left() -> bool:
    try:
        async with Gate():
            pass
    except Exception:
        return False
    return True


async def price(shop: Shop, name: str) -> int:
    try:
        return await shop.price(name)
    except Exception:
        return -1


async def shielded(name: str) -> int:
    try:
        return await asyncio.shield(step(name))
    except Exception:
        return -1


async def each(names: list[str]) -> list[int]:
    try:
        return [await step(name) for name in names]
    except Exception:
        return []


async def first_done(name: str) -> int:
    done, _ = await asyncio.wait([asyncio.ensure_future(step(name))])
    try:
        return done.pop().result()
    except Exception:
        return -1


async def starred(names: list[str]) -> list[int]:
    try:
        return await asyncio.gather(*(step(name) for name in names))
    except Exception:
        return []


async def generated() -> AsyncIterator[int]:
    yield 1
    raise Late


async def next_of() -> int:
    source = generated()
    try:
        await anext(source)
        return await anext(source)
    except Exception:
        return -1


NARROWED = ["price", "each"]
ARRIVE = [
    ("Late", lambda: asyncio.run(waited())),
    ("Late", lambda: asyncio.run(by_property(Shop()))),
    ("ValueError", lambda: asyncio.run(read(["x"]))),
    ("Late", lambda: asyncio.run(left())),
    ("KeyError", lambda: asyncio.run(price(Shop(), "pear"))),
    ("KeyError", lambda: asyncio.run(shielded("pear"))),
    ("KeyError", lambda: asyncio.run(each(["pear"]))),
    ("KeyError", lambda: asyncio.run(first_done("pear"))),
    ("KeyError", lambda: asyncio.run(starred(["apple", "pear"]))),
    ("Late", lambda: asyncio.run(next_of())),
]

"""Asynchronous generators, iterators and managers."""

import asyncio
import contextlib
from collections.abc import AsyncIterator


class Cut(Exception):
    pass


class Closed(Exception):
    pass


async def lines(texts: list[str]) -> AsyncIterator[int]:
    for text in texts:
        if text == "cut":
            raise Cut
        yield int(text)


class Connection:
    def __init__(self, is_open: bool) -> None:
        self.is_open = is_open

    async def __aenter__(self) -> "Connection":
        if not self.is_open:
            raise Closed
        return self

    async def __aexit__(self, *caught: object) -> None:
        await asyncio.sleep(0)

    async def ask(self, name: str) -> int:
        await asyncio.sleep(0)
        return {"apple": 3}[name]


@contextlib.asynccontextmanager
async def connected(is_open: bool) -> AsyncIterator[Connection]:
    if not is_open:
        raise Closed
    yield Connection(is_open)


async def total(texts: list[str]) -> int:
    result = 0
    try:
        async for number in lines(texts):
            result += number
    except Exception:
        return -1
    return result


async def listed(texts: list[str]) -> list[int]:
    try:
        return [number async for number in lines(texts)]
    except Exception:
        return []


async def asked(is_open: bool, name: str) -> int:
    try:
        async with Connection(is_open) as connection:
            return await connection.ask(name)
    except Exception:
        return -1


async def asked_by_manager(is_open: bool, name: str) -> int:
    try:
        async with connected(is_open) as connection:
            return await connection.ask(name)
    except Exception:
        return -1


NARROWED = ["total", "asked"]
ARRIVE = [
    ("Cut", lambda: asyncio.run(total(["1", "cut"]))),
    ("ValueError", lambda: asyncio.run(total(["x"]))),
    ("Cut", lambda: asyncio.run(listed(["cut"]))),
    ("Closed", lambda: asyncio.run(asked(False, "apple"))),
    ("KeyError", lambda: asyncio.run(asked(True, "pear"))),
    ("Closed", lambda: asyncio.run(asked_by_manager(False, "apple"))),
    ("KeyError", lambda: asyncio.run(asked_by_manager(True, "pear"))),
]

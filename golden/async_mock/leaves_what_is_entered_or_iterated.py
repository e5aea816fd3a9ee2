# unsafe: 44
# unsafe: 45
# unsafe: 47
# `async with AsyncMock()()` and `async for x in AsyncMock()()` are TypeErrors
from contextlib import asynccontextmanager
from functools import cached_property
from unittest.mock import MagicMock, Mock

import aiohttp


class Pool:
    @asynccontextmanager
    async def acquire(self):
        yield 1

    async def rows(self):
        yield 1

    @property
    async def size(self): ...

    @cached_property
    async def name(self): ...

    def later(self):
        return self.close()

    async def close(self): ...


class Callback:
    async def __call__(self): ...


class Holder:
    def __init__(self):
        self.callback = Callback()


def test_pool():
    pool = Pool()
    pool.acquire = MagicMock()
    pool.rows = MagicMock()
    pool.size = Mock()
    pool.name = Mock()
    pool.later = Mock()
    Holder().callback = Mock()
    holder = Holder()
    holder.callback = Mock()
    session = aiohttp.ClientSession()
    session.get = MagicMock()
    session.ws_connect = MagicMock()

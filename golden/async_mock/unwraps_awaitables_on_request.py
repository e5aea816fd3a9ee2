# args: --normalize --unsafe
# skips: 26 M20-already-awaitable
import asyncio
from unittest.mock import Mock


class Api:
    async def fetch(self): ...


async def answer(value):
    return value


async def nothing():
    pass


def test_api(make):
    api = Api()
    future = asyncio.Future()
    future.set_result(3)
    api.fetch = Mock(return_value=future)
    api.fetch = Mock(return_value=answer({"a": 1}))
    api.fetch = Mock(side_effect=answer)
    api.fetch = Mock(side_effect=lambda: answer(3))
    api.fetch = Mock(return_value=nothing())
    api.fetch = Mock(return_value=asyncio.create_task(make()))
# output
import asyncio
from unittest.mock import AsyncMock, Mock


class Api:
    async def fetch(self): ...


async def answer(value):
    return value


async def nothing():
    pass


def test_api(make):
    api = Api()
    future = asyncio.Future()
    future.set_result(3)
    api.fetch = AsyncMock(return_value=3)
    api.fetch = AsyncMock(return_value={"a": 1})
    api.fetch = AsyncMock(side_effect=answer)
    api.fetch = AsyncMock(side_effect=lambda: 3)
    api.fetch = AsyncMock(return_value=None)
    api.fetch = Mock(return_value=asyncio.create_task(make()))

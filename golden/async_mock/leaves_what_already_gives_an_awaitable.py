# skips: 23 M20-already-awaitable
# skips: 24 M20-already-awaitable
# skips: 25 M20-already-awaitable
# skips: 26 M20-already-awaitable
# skips: 27 M20-already-awaitable
# skips: 28 M20-already-awaitable
# skips: 29 M20-already-awaitable
# skips: 30 M20-already-awaitable
import asyncio
from unittest.mock import Mock


class Api:
    async def fetch(self): ...


async def answer(value):
    return value


def done(value):
    future = asyncio.Future()
    future.set_result(value)
    return future


def test_api(event_loop):
    api = Api()
    future = event_loop.create_future()
    future.set_result(3)
    api.fetch = Mock(return_value=future)
    api.fetch = Mock(return_value=answer(3))
    api.fetch = Mock(side_effect=answer)
    api.fetch = Mock(side_effect=lambda: answer(3))
    api.fetch = Mock(side_effect=[answer(3), answer(4)])
    api.fetch = Mock(return_value=done(3))
    api.fetch = Mock(return_value=asyncio.sleep(0))
    api.fetch = Mock(wraps=api.fetch)

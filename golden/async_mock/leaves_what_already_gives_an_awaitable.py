# skips: 25 M20-already-awaitable
# skips: 26 M20-already-awaitable
# skips: 27 M20-already-awaitable
# skips: 28 M20-already-awaitable
# skips: 29 M20-already-awaitable
# skips: 30 M20-already-awaitable
# skips: 31 M20-already-awaitable
# skips: 32 M20-already-awaitable
# skips: 42 M20-already-awaitable
# skips: 43 M20-already-awaitable
# skips: 44 M20-already-awaitable
# skips: 45 M20-already-awaitable
# skips: 46 M20-already-awaitable
# skips: 47 M20-already-awaitable
# skips: 54 M20-already-awaitable
import asyncio
from unittest.mock import Mock

from twisted.internet import defer


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


def test_twisted(result: "defer.Deferred[int]"):
    api = Api()
    first: defer.Deferred[int] = make_one()

    def take(*args) -> "defer.Deferred[int]":
        return results.pop(0)

    api.fetch = Mock(return_value=defer.Deferred())
    api.fetch = Mock(return_value=defer.succeed(3))
    api.fetch = Mock(side_effect=[first])
    api.fetch = Mock(side_effect=take)
    api.fetch = Mock(return_value=result)
    api.fetch = Mock(return_value=defer.ensureDeferred(api.fetch()))


class TestApi:
    def setUp(self):
        self.made: defer.Deferred[int] = make_one()
        self.api = Api()
        self.api.fetch = Mock(return_value=self.made)

# unsafe: 16
from unittest.mock import MagicMock, Mock


class Api:
    async def fetch(self): ...


async def answer():
    return 1


def test_awaits():
    api = Api()
    api.fetch = Mock(side_effect=answer)
    api.fetch.assert_awaited_once()
    callback = MagicMock()
    run(callback)
    callback.assert_awaited_once_with(1)
    other = Api()
    other.fetch = MagicMock(wraps=other.fetch)
    assert other.fetch.await_count == 1


def run(callback): ...
# output
from unittest.mock import AsyncMock, MagicMock


class Api:
    async def fetch(self): ...


async def answer():
    return 1


def test_awaits():
    api = Api()
    api.fetch = AsyncMock(side_effect=answer)
    api.fetch.assert_awaited_once()
    callback = MagicMock()
    run(callback)
    callback.assert_awaited_once_with(1)
    other = Api()
    other.fetch = AsyncMock(wraps=other.fetch)
    assert other.fetch.await_count == 1


def run(callback): ...

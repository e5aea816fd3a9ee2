from unittest.mock import AsyncMock

from app import App, Client


async def test_run():
    app = App(Client())
    app.client.get = AsyncMock()
    app.client.put = AsyncMock()
    await app.run()
    app.client.get.assert_awaited_once_with()
    app.client.get.assert_not_called()
    app.client.put.assert_called_once()


async def test_more():
    app = App(Client())
    app.client.get = AsyncMock()
    app.client.put = AsyncMock()
    app.client.get.assert_any_await()
    app.client.put.assert_any_call()

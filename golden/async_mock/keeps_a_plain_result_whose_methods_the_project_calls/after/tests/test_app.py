from unittest.mock import AsyncMock, MagicMock, Mock

from app import App, Client


async def test_run():
    app = App(Client())
    app.client.get = AsyncMock(return_value=Mock())
    app.client.put = AsyncMock(return_value=MagicMock(), name="put")
    app.client.head = AsyncMock()
    app.client.get = AsyncMock(return_value=1)

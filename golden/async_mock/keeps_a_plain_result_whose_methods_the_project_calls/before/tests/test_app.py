from unittest.mock import MagicMock, Mock

from app import App, Client


async def test_run():
    app = App(Client())
    app.client.get = Mock()
    app.client.put = MagicMock(name="put")
    app.client.head = Mock()
    app.client.get = Mock(return_value=1)

from unittest.mock import AsyncMock, MagicMock, Mock

import wire
from client import Client, SyncClient


def test_client():
    server = MagicMock()
    server.trigger = AsyncMock()
    server.count = Mock()
    link = MagicMock()
    link.ping = AsyncMock()
    link.close = Mock()
    client = Client(server, Mock(), link)
    client.log.write = Mock()
    client.queue.get = AsyncMock()
    client.queue.get_nowait = Mock()
    client.server.next = AsyncMock(return_value=1)
    client.fetch = AsyncMock(return_value=Mock())
    client.fetch.return_value.read = AsyncMock(return_value=b"")
    client.fetch.return_value.release = Mock()


async def test_run():
    socket = MagicMock()
    socket.send = AsyncMock()
    socket.flush = Mock()
    socket.closed = Mock()
    socket.lock = Mock()
    receive = AsyncMock()
    await Client(MagicMock(), MagicMock(), MagicMock()).run(socket, receive)


def test_link():
    link = wire.Link()
    link.ping = AsyncMock()


def test_sync_client():
    client = SyncClient(MagicMock(), MagicMock())
    client.server.trigger = Mock()
    client.run()

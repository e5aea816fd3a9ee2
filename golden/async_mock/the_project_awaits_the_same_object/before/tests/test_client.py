from unittest.mock import MagicMock, Mock

import wire
from client import Client, SyncClient


def test_client():
    server = MagicMock()
    server.trigger = Mock()
    server.count = Mock()
    link = MagicMock()
    link.ping = Mock()
    link.close = Mock()
    client = Client(server, Mock(), link)
    client.log.write = Mock()
    client.queue.get = Mock()
    client.queue.get_nowait = Mock()
    client.server.next = Mock(return_value=1)
    client.fetch = Mock()
    client.fetch.return_value.read = Mock(return_value=b"")
    client.fetch.return_value.release = Mock()


async def test_run():
    socket = MagicMock()
    socket.send = Mock()
    socket.flush = Mock()
    socket.closed = Mock()
    socket.lock = Mock()
    receive = Mock()
    await Client(MagicMock(), MagicMock(), MagicMock()).run(socket, receive)


def test_link():
    link = wire.Link()
    link.ping = Mock()


def test_sync_client():
    client = SyncClient(MagicMock(), MagicMock())
    client.server.trigger = Mock()
    client.run()

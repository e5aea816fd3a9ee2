from unittest.mock import AsyncMock, Mock

import acme


def test_run():
    client = acme.Client()
    client.send = AsyncMock()
    client.close = Mock()
    client.channel.publish = AsyncMock()

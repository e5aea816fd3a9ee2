from unittest.mock import AsyncMock

from send import Sender, greet

from tests.compat import patch


async def test_greet():
    sender = Sender()
    sender.send = AsyncMock(return_value=1)
    assert await greet(sender) == 1


async def test_patch():
    sender = Sender()
    with patch.object(sender, "send", new_callable=AsyncMock) as send:
        send.return_value = 1
        assert await greet(sender) == 1

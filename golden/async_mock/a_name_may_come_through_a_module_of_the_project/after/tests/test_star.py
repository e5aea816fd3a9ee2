from send import Sender, greet

from .async_mock import AsyncMock, MagicMock


async def test_greet():
    sender = Sender()
    sender.send = AsyncMock(return_value=1)
    sender.close = MagicMock()
    assert await greet(sender) == 1

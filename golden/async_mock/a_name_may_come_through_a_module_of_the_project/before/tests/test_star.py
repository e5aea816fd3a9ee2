from send import Sender, greet

from .async_mock import MagicMock


async def test_greet():
    sender = Sender()
    sender.send = MagicMock(return_value=1)
    sender.close = MagicMock()
    assert await greet(sender) == 1

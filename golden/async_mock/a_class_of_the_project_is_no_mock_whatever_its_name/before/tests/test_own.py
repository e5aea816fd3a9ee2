from send import Sender, greet

from .own import MagicMock


async def test_greet():
    sender = Sender()
    sender.send = MagicMock(return_value=1)
    assert await greet(sender) == 1

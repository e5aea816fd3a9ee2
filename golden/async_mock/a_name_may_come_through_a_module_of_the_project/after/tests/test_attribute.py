from send import Sender, greet

from . import compat


async def test_greet():
    sender = Sender()
    sender.send = compat.um.AsyncMock(return_value=1)
    assert await greet(sender) == 1

from send import Sender, greet

from .hidden import *  # noqa: F403


async def test_greet():
    sender = Sender()
    sender.send = MagicMock(return_value=1)  # noqa: F405
    assert await greet(sender) == 1

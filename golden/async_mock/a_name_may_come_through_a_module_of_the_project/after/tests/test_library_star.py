from unittest.mock import *  # noqa: F403

from send import Sender, greet


async def test_greet():
    sender = Sender()
    sender.send = AsyncMock(return_value=1)  # noqa: F405
    assert await greet(sender) == 1

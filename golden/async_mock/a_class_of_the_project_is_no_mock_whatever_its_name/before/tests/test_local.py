from send import Sender, greet

from .own import *  # noqa: F403


def patch(*args):
    return args


async def test_greet():
    sender = Sender()
    sender.send = patch(sender, "send")
    assert await greet(sender) == 1

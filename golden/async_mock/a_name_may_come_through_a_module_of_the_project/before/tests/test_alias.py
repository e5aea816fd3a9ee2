from send import Sender, greet

from tests.compat import Fake, patch


async def test_greet():
    sender = Sender()
    sender.send = Fake(return_value=1)
    assert await greet(sender) == 1


async def test_patch():
    sender = Sender()
    with patch.object(sender, "send", new_callable=Fake) as send:
        send.return_value = 1
        assert await greet(sender) == 1

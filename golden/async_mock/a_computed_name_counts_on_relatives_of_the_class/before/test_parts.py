from unittest.mock import Mock

from parts import Bot


async def test_awaited():
    bot = Bot()
    bot.handle_text = Mock(return_value=3)
    assert await bot.dispatch("text") == 3


def test_plain():
    bot = Bot()
    bot.pull = Mock(return_value=3)

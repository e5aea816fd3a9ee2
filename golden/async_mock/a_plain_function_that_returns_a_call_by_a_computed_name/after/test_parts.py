from unittest.mock import AsyncMock, Mock

from parts import Bot


async def test_awaited():
    bot = Bot()
    bot.handle_text = AsyncMock(return_value=3)
    assert await bot.dispatch("text") == 3


def test_plain():
    bot = Bot()
    bot.handle_file = Mock(return_value=3)
    assert bot.dispatch("file") == 3

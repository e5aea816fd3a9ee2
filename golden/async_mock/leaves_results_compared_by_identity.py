# skips: 13 M21-identity
# a call of an AsyncMock gives a new coroutine each time, never its return_value
import asyncio
from unittest.mock import Mock, patch


class Bot:
    async def sync(self): ...


@patch("asyncio.create_task")
def test_bot(create_task):
    bot = Bot()
    bot.sync = Mock()
    bot.start()
    create_task.assert_called_once_with(bot.sync.return_value)

# skips: 11 M33-unknown
# unsafe: 7
# unsafe: 9
# unsafe: 12
import asyncio
from unittest.mock import MagicMock, Mock


async def test_await(make):
    thing = make()
    thing.run = Mock(return_value=1)
    assert await thing.run() == 1
    callback = Mock()
    await asyncio.gather(callback(), callback())
    child = MagicMock(close=Mock())
    child.stop.return_value = 3
    await child.stop()
    entered = MagicMock()
    async with entered() as inner:
        await inner
    never = Mock()
    never()

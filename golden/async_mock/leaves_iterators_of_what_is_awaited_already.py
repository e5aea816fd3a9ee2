# skips: 8 M20-already-awaitable
# skips: 9 M20-already-awaitable
# skips: 10 M20-already-awaitable
# skips: 11 M20-already-awaitable
import itertools
from unittest.mock import Mock
class Feed:
    async def pull(self, *args): ...
async def answer(value): ...
def test_feed():
    feed = Feed()
    feed.pull = Mock(side_effect=(answer(n) for n in (1, 2)))
    feed.pull = Mock(side_effect=itertools.chain([answer(1)], [answer(2)]))
    feed.pull = Mock(side_effect=[answer(1)] + [*(answer(n) for n in (2, 3))])
    feed.pull = Mock(side_effect=iter([answer(1)]))
    feed.pull = Mock(side_effect=(n for n in (1, 2)))
    feed.pull = Mock(side_effect=itertools.repeat(3))
# output
import itertools
from unittest.mock import AsyncMock, Mock
class Feed:
    async def pull(self, *args): ...
async def answer(value): ...
def test_feed():
    feed = Feed()
    feed.pull = Mock(side_effect=(answer(n) for n in (1, 2)))
    feed.pull = Mock(side_effect=itertools.chain([answer(1)], [answer(2)]))
    feed.pull = Mock(side_effect=[answer(1)] + [*(answer(n) for n in (2, 3))])
    feed.pull = Mock(side_effect=iter([answer(1)]))
    feed.pull = AsyncMock(side_effect=(n for n in (1, 2)))
    feed.pull = AsyncMock(side_effect=itertools.repeat(3))

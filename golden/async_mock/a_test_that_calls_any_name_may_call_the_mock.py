# unsafe: 14
import pytest
from unittest.mock import Mock


class Feed:
    async def pull(self): ...

    async def push(self): ...


@pytest.mark.parametrize("name", ["pull", "push"])
def test_plain(name):
    feed = Feed()
    feed.pull = Mock()
    getattr(feed, name)()


async def test_awaited(name):
    feed = Feed()
    feed.pull = Mock()
    await getattr(feed, name)()


def test_ruled_out():
    feed = Feed()
    feed.push = Mock()
    for name in ("pull", "close"):
        getattr(feed, name)()
# output
import pytest
from unittest.mock import AsyncMock, Mock


class Feed:
    async def pull(self): ...

    async def push(self): ...


@pytest.mark.parametrize("name", ["pull", "push"])
def test_plain(name):
    feed = Feed()
    feed.pull = Mock()
    getattr(feed, name)()


async def test_awaited(name):
    feed = Feed()
    feed.pull = AsyncMock()
    await getattr(feed, name)()


def test_ruled_out():
    feed = Feed()
    feed.push = AsyncMock()
    for name in ("pull", "close"):
        getattr(feed, name)()

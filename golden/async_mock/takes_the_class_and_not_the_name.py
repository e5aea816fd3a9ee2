from unittest.mock import Mock


class Store:
    async def get_trending_topics(self): ...


class Cache:
    def get_trending_topics(self): ...


class View:
    def __init__(self):
        self._store = None


def test_topics(thing):
    store, cache = Store(), Cache()
    store.get_trending_topics = Mock()
    cache.get_trending_topics = Mock()
    thing.get_trending_topics = Mock()
    view = View()
    view._store = Mock()
# output
from unittest.mock import AsyncMock, Mock


class Store:
    async def get_trending_topics(self): ...


class Cache:
    def get_trending_topics(self): ...


class View:
    def __init__(self):
        self._store = None


def test_topics(thing):
    store, cache = Store(), Cache()
    store.get_trending_topics = AsyncMock()
    cache.get_trending_topics = Mock()
    thing.get_trending_topics = Mock()
    view = View()
    view._store = Mock()

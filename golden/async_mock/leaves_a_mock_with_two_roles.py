# skips: 12 M26-two-roles
from unittest.mock import Mock


class Api:
    async def fetch(self): ...

    def url(self): ...


def test_api():
    api = Api()
    shared = Mock()
    api.fetch = shared
    api.url = shared
    twice = api.fetch = Mock()
    return twice
# output
from unittest.mock import AsyncMock, Mock


class Api:
    async def fetch(self): ...

    def url(self): ...


def test_api():
    api = Api()
    shared = Mock()
    api.fetch = shared
    api.url = shared
    twice = api.fetch = AsyncMock()
    return twice

from unittest.mock import Mock


class Api:
    async def fetch(self, key): ...

    def url(self, key): ...


def test_api():
    api = Api()
    api.fetch = Mock(return_value=1)
    api.url = Mock(return_value="x")
# output
from unittest.mock import AsyncMock, Mock


class Api:
    async def fetch(self, key): ...

    def url(self, key): ...


def test_api():
    api = Api()
    api.fetch = AsyncMock(return_value=1)
    api.url = Mock(return_value="x")

from unittest.mock import MagicMock, Mock


class Api:
    async def fetch(self, key): ...

    def url(self, key): ...


def test_api():
    api = Api()
    api.fetch = Mock(return_value={"a": 1}, name="fetch")
    api.url = Mock(return_value="x")
    api.fetch = MagicMock()
# output
from unittest.mock import AsyncMock, Mock


class Api:
    async def fetch(self, key): ...

    def url(self, key): ...


def test_api():
    api = Api()
    api.fetch = AsyncMock(return_value={"a": 1}, name="fetch")
    api.url = Mock(return_value="x")
    api.fetch = AsyncMock()

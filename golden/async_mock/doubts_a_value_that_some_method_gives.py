# unsafe: 12
# unsafe: 13
from unittest.mock import Mock


class Api:
    async def fetch(self): ...


def test_api(results, table):
    api = Api()
    api.fetch = Mock(return_value="text".encode())
    api.fetch = Mock(return_value=", ".join(results))
    api.fetch = Mock(return_value=results.pop(0))
    api.fetch = Mock(side_effect=lambda key: table.lookup(key))
# output
from unittest.mock import AsyncMock, Mock


class Api:
    async def fetch(self): ...


def test_api(results, table):
    api = Api()
    api.fetch = AsyncMock(return_value="text".encode())
    api.fetch = AsyncMock(return_value=", ".join(results))
    api.fetch = Mock(return_value=results.pop(0))
    api.fetch = Mock(side_effect=lambda key: table.lookup(key))

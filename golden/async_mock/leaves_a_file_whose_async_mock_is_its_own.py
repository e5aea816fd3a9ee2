# skips: 14 M27-name-taken
from unittest.mock import Mock


class AsyncMock(Mock):
    pass


class Api:
    async def fetch(self): ...


def test_api():
    api = Api()
    api.fetch = Mock()

# their call gives a coroutine already
from unittest.mock import MagicMock, Mock


async def work(): ...


class Api:
    async def fetch(self): ...


def test_api():
    api = Api()
    api.fetch = Mock(work)
    api.fetch = MagicMock(spec=work)
    api.fetch = MagicMock(spec_set=api.fetch)

# skips: 11 M25-backport
# skips: 12 M25-backport
import mock
from mock import MagicMock


class Api:
    async def fetch(self): ...


def test_api():
    api = Api()
    api.fetch = mock.Mock()
    api.fetch = MagicMock()

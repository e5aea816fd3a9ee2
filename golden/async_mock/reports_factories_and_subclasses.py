# skips: 11 M28-factory
# skips: 16 M28-factory
from unittest.mock import MagicMock, Mock


class MockSetup(MagicMock):
    pass


def make_mock(value):
    if value is None:
        return None
    return Mock(return_value=value)


def test_api():
    api = Api()
    api.fetch = MockSetup()
    api.fetch = make_mock(1)
    api.url = MockSetup()


class Api:
    async def fetch(self): ...

    def url(self): ...

# skips: 10 M33-unknown
# skips: 18 M33-unknown
# unsafe: 14
from unittest.mock import Mock


class Api:
    async def fetch(self): ...


def surely(api):
    api.fetch = Mock(return_value=1)
    api.fetched = Mock()


def perhaps(api):
    api.fetch = Mock(return_value=2)


def never(api):
    api.fetch = Mock(return_value=3)


def test_api(other):
    api = Api()
    surely(api)
    surely(Api())
    perhaps(api)
    perhaps(other())
    never(other())
# output
from unittest.mock import AsyncMock, Mock


class Api:
    async def fetch(self): ...


def surely(api):
    api.fetch = AsyncMock(return_value=1)
    api.fetched = Mock()


def perhaps(api):
    api.fetch = Mock(return_value=2)


def never(api):
    api.fetch = Mock(return_value=3)


def test_api(other):
    api = Api()
    surely(api)
    surely(Api())
    perhaps(api)
    perhaps(other())
    never(other())

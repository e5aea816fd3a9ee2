from unittest.mock import AsyncMock, MagicMock, Mock, create_autospec


class Api:
    async def fetch(self): ...

    async def send(self): ...

    def url(self): ...


def test_spec():
    api = Mock(spec=Api)
    api.fetch.return_value = 1
    api.send = Mock()
    api.url = Mock()
    other = create_autospec(Api, instance=True)
    other.fetch.return_value = 2
    other.send = MagicMock(return_value=3)
    third = AsyncMock(spec=Api)
    third.send = Mock()
    names = MagicMock(spec=["fetch"])
    names.fetch = Mock()
    names.fetch.return_value = 1
# output
from unittest.mock import AsyncMock, MagicMock, Mock, create_autospec


class Api:
    async def fetch(self): ...

    async def send(self): ...

    def url(self): ...


def test_spec():
    api = Mock(spec=Api)
    api.fetch.return_value = 1
    api.send = AsyncMock()
    api.url = Mock()
    other = create_autospec(Api, instance=True)
    other.fetch.return_value = 2
    other.send = AsyncMock(return_value=3)
    third = AsyncMock(spec=Api)
    third.send = AsyncMock()
    names = MagicMock(spec=["fetch"])
    names.fetch = Mock()
    names.fetch.return_value = 1

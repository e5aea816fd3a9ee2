# len(), with, iteration and bool work on an AsyncMock as on a MagicMock
from unittest.mock import MagicMock


class Api:
    async def fetch(self): ...


def test_magic():
    api = Api()
    api.fetch = MagicMock()
    api.fetch.__len__.return_value = 3
    assert len(api.fetch) == 3 and api.fetch
    with api.fetch as entered:
        assert list(api.fetch) == [] and entered
# output
# len(), with, iteration and bool work on an AsyncMock as on a MagicMock
from unittest.mock import AsyncMock


class Api:
    async def fetch(self): ...


def test_magic():
    api = Api()
    api.fetch = AsyncMock()
    api.fetch.__len__.return_value = 3
    assert len(api.fetch) == 3 and api.fetch
    with api.fetch as entered:
        assert list(api.fetch) == [] and entered

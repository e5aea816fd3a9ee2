from unittest.mock import Mock

import pytest


class Api:
    async def fetch(self): ...


def test_api(client):
    api = Api()
    api.fetch = Mock()
    assert client.get("/").status_code in (200, 500, 503)


def test_stop(client):
    api = Api()
    api.fetch = Mock(side_effect=[1, 2])
    with pytest.raises(StopIteration):
        client.get("/")
# output
from unittest.mock import AsyncMock

import pytest


class Api:
    async def fetch(self): ...


def test_api(client):
    api = Api()
    api.fetch = AsyncMock()
    assert client.get("/").status_code in (200, 500, 503)


def test_stop(client):
    api = Api()
    api.fetch = AsyncMock(side_effect=[1, 2])
    with pytest.raises(StopIteration):
        client.get("/")

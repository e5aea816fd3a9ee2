from app import Client
from mock import AsyncMock


def test_run():
    client = Client()
    client.get = AsyncMock()

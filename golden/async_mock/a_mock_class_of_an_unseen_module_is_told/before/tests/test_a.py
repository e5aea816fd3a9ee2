from app import Client

from tests.gone import MagicMock


async def test_a():
    client = Client()
    client.send = MagicMock()
    await client.send()

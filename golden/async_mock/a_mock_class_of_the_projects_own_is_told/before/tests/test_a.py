from app import Client

from tests.helpers import Mock


async def test_a():
    client = Client()
    client.send = Mock()
    await client.send()

import pytest


@pytest.fixture
async def client():
    return await connect()


@pytest.fixture
def name():
    return "ada"


@pytest.mark.asyncio
async def test_client(client, name):
    assert await client.find(name)
# output
import pytest
import pytest_asyncio


@pytest_asyncio.fixture
async def client():
    return await connect()


@pytest.fixture
def name():
    return "ada"


@pytest.mark.asyncio
async def test_client(client, name):
    assert await client.find(name)

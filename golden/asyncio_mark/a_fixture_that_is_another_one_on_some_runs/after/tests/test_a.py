import pytest


async def test_pool(pool):
    assert pytest


@pytest.mark.asyncio
async def test_client(client):
    assert pytest

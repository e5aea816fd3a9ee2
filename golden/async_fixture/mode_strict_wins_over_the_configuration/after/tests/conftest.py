import pytest_asyncio


@pytest_asyncio.fixture
async def a():
    return 1

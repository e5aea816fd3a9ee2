import pytest
import pytest_asyncio


@pytest.fixture
async def a():
    return 1


@pytest_asyncio.fixture
async def b():
    return 1


@pytest_asyncio.fixture
async def c():
    return 1

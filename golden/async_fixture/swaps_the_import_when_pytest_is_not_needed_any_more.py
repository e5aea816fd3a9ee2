# path: conftest.py
import pytest

from app import make


@pytest.fixture
async def app():
    return await make()
# output
import pytest_asyncio

from app import make


@pytest_asyncio.fixture
async def app():
    return await make()

import pytest
import pytest_asyncio

from helpers import fetch  # noqa: F401


@pytest_asyncio.fixture
async def conn():
    return 1


@pytest.fixture
def plain():
    return 2

# skips: 7 A49-name-taken
import pytest

pytest_asyncio = None


@pytest.fixture
async def a():
    return 1

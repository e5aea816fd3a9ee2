import pytest
import pytest_asyncio


@pytest_asyncio.fixture
async def a():
    return 1


@pytest.fixture
def b():
    async def inner():
        pass

    return inner


async def fixture():
    pass

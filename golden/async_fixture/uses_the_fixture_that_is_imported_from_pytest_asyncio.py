import pytest
from pytest_asyncio import fixture as async_fixture


@async_fixture
async def a():
    return 1


class TestA:
    @pytest.fixture(
        scope="class",  # shared
    )
    async def b(self, a):
        yield a

    @pytest.mark.asyncio
    async def test_b(self, b):
        pass
# output
import pytest
from pytest_asyncio import fixture as async_fixture


@async_fixture
async def a():
    return 1


class TestA:
    @async_fixture(
        scope="class",  # shared
    )
    async def b(self, a):
        yield a

    @pytest.mark.asyncio
    async def test_b(self, b):
        pass

import pytest


class TestA:
    @pytest.fixture(autouse=True)
    async def prepare(self):
        self.value = 1
        yield

    # the second
    @pytest.fixture(
        scope="class",
    )
    async def shared(self):
        return 2

    @pytest.mark.asyncio
    async def test_m(self, shared):
        assert self.value < shared
# output
import pytest
import pytest_asyncio


class TestA:
    @pytest_asyncio.fixture(autouse=True)
    async def prepare(self):
        self.value = 1
        yield

    # the second
    @pytest_asyncio.fixture(
        scope="class",
    )
    async def shared(self):
        return 2

    @pytest.mark.asyncio
    async def test_m(self, shared):
        assert self.value < shared

# args: --style class
import pytest


class TestAsync:
    async def test_a(self):
        pass

    async def test_b(self):
        pass

    async def helper(self):
        pass


class TestMixed:
    async def test_a(self):
        pass

    def test_b(self):
        pass


class TestBase:
    async def test_a(self):
        pass


class TestSub(TestBase):
    def test_b(self):
        pass


async def test_alone():
    pass
# output
import pytest


@pytest.mark.asyncio
class TestAsync:
    async def test_a(self):
        pass

    async def test_b(self):
        pass

    async def helper(self):
        pass


class TestMixed:
    @pytest.mark.asyncio
    async def test_a(self):
        pass

    def test_b(self):
        pass


class TestBase:
    @pytest.mark.asyncio
    async def test_a(self):
        pass


class TestSub(TestBase):
    def test_b(self):
        pass


@pytest.mark.asyncio
async def test_alone():
    pass

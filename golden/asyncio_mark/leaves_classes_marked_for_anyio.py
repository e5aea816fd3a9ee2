import pytest


@pytest.mark.anyio
class TestA:
    async def test_m(self):
        pass

    class TestInner:
        async def test_m(self):
            pass


class TestB(TestA):
    async def test_n(self):
        pass


class TestC:
    pytestmark = [pytest.mark.slow, pytest.mark.anyio]

    async def test_m(self):
        pass


@pytest.mark.anyio
@pytest.mark.asyncio
async def test_both():
    pass

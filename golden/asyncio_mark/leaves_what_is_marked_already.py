import pytest

asyncio_mark = pytest.mark.asyncio
scoped = pytest.mark.asyncio(loop_scope="session")
both = [pytest.mark.slow, asyncio_mark]


@pytest.mark.asyncio
async def test_own():
    pass


@pytest.mark.asyncio()
async def test_called():
    pass


@asyncio_mark
async def test_alias():
    pass


@scoped
async def test_scoped():
    pass


@pytest.mark.asyncio
class TestDecorated:
    async def test_m(self):
        pass

    class TestInner:
        async def test_m(self):
            pass


class TestSub(TestDecorated):
    async def test_more(self):
        pass


class TestBody:
    pytestmark = pytest.mark.asyncio

    async def test_m(self):
        pass


class TestList:
    pytestmark = [*both, pytest.mark.db]

    async def test_m(self):
        pass

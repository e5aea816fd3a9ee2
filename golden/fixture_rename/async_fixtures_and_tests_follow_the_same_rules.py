import pytest
import pytest_asyncio


@pytest_asyncio.fixture
async def db():
    async with make() as s:
        yield s


@pytest.mark.asyncio
async def test_a(db):
    await db.x()
    async with db as s, open() as t:
        pass
# output
import pytest
import pytest_asyncio


@pytest_asyncio.fixture
async def db_session():
    async with make() as s:
        yield s


@pytest.mark.asyncio
async def test_a(db_session):
    await db_session.x()
    async with db_session as s, open() as t:
        pass

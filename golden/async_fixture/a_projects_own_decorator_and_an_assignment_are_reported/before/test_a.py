import pytest
from deco import wide


@wide
async def db():
    return 1


async def _session():
    return 1


session = pytest.fixture(_session)


@pytest.mark.asyncio
async def test_a(db, session):
    assert db == session

import pytest
from tools import sync, with_db


@pytest.mark.asyncio
@with_db
async def test_a():
    pass


@sync
async def test_b():
    pass

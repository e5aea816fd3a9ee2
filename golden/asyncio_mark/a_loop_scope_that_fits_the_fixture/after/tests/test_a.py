import pytest


@pytest.mark.asyncio(loop_scope="session")
async def test_a(db):
    pass


@pytest.mark.asyncio(loop_scope="session")
async def test_b(numbers):
    pass

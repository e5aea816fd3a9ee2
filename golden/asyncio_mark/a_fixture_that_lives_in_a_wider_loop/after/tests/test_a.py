import pytest


async def test_a(db):
    pass


@pytest.mark.asyncio
async def test_b(numbers):
    pass

import pytest


@pytest.mark.asyncio
async def test_a(thing):
    assert pytest


async def test_b(lh):
    assert pytest

import pytest


@pytest.mark.asyncio
async def test_async(a, b, c):
    assert a

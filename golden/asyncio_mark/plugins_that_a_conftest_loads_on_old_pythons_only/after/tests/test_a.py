import pytest


async def test_a(lh):
    assert pytest


@pytest.mark.asyncio
async def test_b(here):
    assert pytest

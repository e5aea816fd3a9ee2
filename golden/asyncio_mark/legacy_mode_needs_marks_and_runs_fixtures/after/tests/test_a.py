import pytest


@pytest.fixture
async def value():
    return 1


@pytest.mark.asyncio
async def test_a(value):
    pass

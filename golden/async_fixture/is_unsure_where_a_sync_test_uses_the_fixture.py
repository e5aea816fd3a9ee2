# unsafe: 5
import pytest


@pytest.fixture
async def value():
    return 1


@pytest.fixture
def twice(value):
    return value


def test_sync(twice):
    assert twice


@pytest.mark.asyncio
async def test_async(value):
    assert value

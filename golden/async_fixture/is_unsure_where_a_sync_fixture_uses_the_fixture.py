# unsafe: 5
import pytest


@pytest.fixture
async def value():
    return 1


@pytest.fixture
async def other():
    return 1


@pytest.fixture
def twice(value):
    return value


@pytest.mark.asyncio
async def test_async(twice, other):
    assert twice
# output
import pytest
import pytest_asyncio


@pytest.fixture
async def value():
    return 1


@pytest_asyncio.fixture
async def other():
    return 1


@pytest.fixture
def twice(value):
    return value


@pytest.mark.asyncio
async def test_async(twice, other):
    assert twice

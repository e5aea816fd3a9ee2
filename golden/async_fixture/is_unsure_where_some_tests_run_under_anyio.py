# args: --unsafe
import pytest


@pytest.fixture
async def value():
    return 1


@pytest.mark.anyio
async def test_anyio(value):
    assert value


@pytest.mark.asyncio
async def test_asyncio(value):
    assert value
# output
import pytest
import pytest_asyncio


@pytest_asyncio.fixture
async def value():
    return 1


@pytest.mark.anyio
async def test_anyio(value):
    assert value


@pytest.mark.asyncio
async def test_asyncio(value):
    assert value

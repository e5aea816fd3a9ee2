# skips: 5 A43-anyio
# skips: 10 A43-anyio
import pytest


@pytest.fixture
async def value():
    return 1


@pytest.fixture
async def other(anyio_backend):
    return 1


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.mark.anyio
async def test_anyio(value):
    assert value

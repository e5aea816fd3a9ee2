import pytest


@pytest.fixture
async def a():
    return 1


@pytest.fixture
async def b():
    return 1


@pytest.fixture
async def c():
    return 1

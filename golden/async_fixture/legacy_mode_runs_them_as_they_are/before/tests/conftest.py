import pytest


@pytest.fixture
async def a():
    return 1

import pytest

try:
    import pytest_asyncio

    fixture = pytest_asyncio.fixture
except ImportError:
    fixture = pytest.fixture


@fixture
async def conn():
    return pytest

# skips: 6 A15-fixture
# skips: 11 A20-async-fixture
import pytest
import pytest_asyncio


@pytest.fixture
async def test_user():
    return 1


@pytest.fixture(scope="module")
async def db():
    yield 1


@pytest_asyncio.fixture
async def session():
    yield 1


@pytest.fixture
def plain():
    return 1

import pytest
import pytest_asyncio


@pytest_asyncio.fixture
async def conn():
    return 1


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def pool():
    return 1


@pytest.fixture
def through(conn):
    return conn


@pytest.fixture
def asks(request):
    return request.getfixturevalue("conn")


@pytest_asyncio.fixture
async def async_asks(request):
    return request.getfixturevalue("conn")


@pytest.fixture
def plain():
    return 1

import pytest


@pytest.fixture
async def value():
    return 1


@pytest.fixture(scope="module", autouse=True, params=[1, 2], name="session")
async def make_session(request):
    yield request.param


@pytest.fixture()
async def empty():
    yield


@pytest.fixture
def sync():
    return 1


@pytest.mark.asyncio
async def test_a(value):
    assert value
# output
import pytest
import pytest_asyncio


@pytest_asyncio.fixture
async def value():
    return 1


@pytest_asyncio.fixture(scope="module", autouse=True, params=[1, 2], name="session")
async def make_session(request):
    yield request.param


@pytest_asyncio.fixture()
async def empty():
    yield


@pytest.fixture
def sync():
    return 1


@pytest.mark.asyncio
async def test_a(value):
    assert value

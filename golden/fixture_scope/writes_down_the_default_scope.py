# path: conftest.py
import pytest
import pytest_asyncio


@pytest.fixture
def db():
    return 1


@pytest.fixture()
def test_db():
    return 1


@pytest.fixture(autouse=True)
def db_session(db):
    yield db


@pytest_asyncio.fixture
async def async_session():
    yield 1


@pytest.fixture(name="database")
def make():
    return 1


@pytest.fixture(
    params=[1, 2],  # both
    ids=str,
)
def database_factory(request):
    return request.param


@pytest.fixture (  # why
)
def sessions():
    return 1
# output
import pytest
import pytest_asyncio


@pytest.fixture(scope="function")
def db():
    return 1


@pytest.fixture(scope="function")
def test_db():
    return 1


@pytest.fixture(scope="function", autouse=True)
def db_session(db):
    yield db


@pytest_asyncio.fixture(scope="function")
async def async_session():
    yield 1


@pytest.fixture(scope="function", name="database")
def make():
    return 1


@pytest.fixture(
    scope="function",
    params=[1, 2],  # both
    ids=str,
)
def database_factory(request):
    return request.param


@pytest.fixture (scope="function"  # why
)
def sessions():
    return 1

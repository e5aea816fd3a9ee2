import pytest
import pytest_asyncio


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def engine():
    yield 1


@pytest_asyncio.fixture(scope="session", loop_scope="function")
async def numbers():
    yield 1


@pytest.fixture
def db(engine):
    return engine

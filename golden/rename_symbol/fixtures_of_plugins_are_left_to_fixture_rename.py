# args: --symbol conftest.db --to session --symbol conftest.cart --to basket --symbol conftest.clock --to watch
# path: conftest.py
# skips: 7 S05-fixture
# skips: 12 S05-fixture
# skips: 17 S05-fixture
from pytest_cases import fixture
from pytest_trio import trio_fixture
from pytest_twisted import async_yield_fixture


@fixture
def db():
    return 1


@trio_fixture
async def cart():
    return 1


@async_yield_fixture()
async def clock():
    yield 1

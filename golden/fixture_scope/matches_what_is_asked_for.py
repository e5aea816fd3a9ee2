# args: --match ^engine$
from pytest import fixture


@fixture
def engine():
    return 1


@fixture
def db(engine):
    return engine
# output
from pytest import fixture


@fixture(scope="function")
def engine():
    return 1


@fixture
def db(engine):
    return engine

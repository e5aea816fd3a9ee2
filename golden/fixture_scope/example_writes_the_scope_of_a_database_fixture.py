import pytest


@pytest.fixture
def db():
    return connect()


@pytest.fixture
def name():
    return "ada"
# output
import pytest


@pytest.fixture(scope="function")
def db():
    return connect()


@pytest.fixture
def name():
    return "ada"

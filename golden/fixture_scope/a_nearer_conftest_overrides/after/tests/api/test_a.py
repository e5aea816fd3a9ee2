import pytest


# only here


@pytest.fixture
def session():
    return 3


@pytest.fixture(scope="function")
def other_db():
    return 4

import pytest


# only here


@pytest.fixture
def session():
    return 3


@pytest.fixture
def other_db():
    return 4

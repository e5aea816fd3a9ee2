import pytest


@pytest.fixture(scope="session")
def db():
    return 1


@pytest.fixture(scope="function")
def session(db):
    return 1

import pytest


@pytest.fixture(scope="session")
def db():
    return 1


@pytest.fixture(scope="function")
def session():
    return 1


@pytest.fixture
def client(db):
    return 1


@pytest.fixture
def dbase():
    return 1


@pytest.fixture(name="app")
def db_app():
    return 1


def database():
    return 1


def test_db(db, session):
    pass

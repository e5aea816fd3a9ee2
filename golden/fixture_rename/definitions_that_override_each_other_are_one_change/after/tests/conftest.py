import pytest


@pytest.fixture
def db_session():
    return object()


@pytest.fixture
def client(db_session):
    return db_session

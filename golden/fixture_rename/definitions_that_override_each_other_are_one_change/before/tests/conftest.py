import pytest


@pytest.fixture
def db():
    return object()


@pytest.fixture
def client(db):
    return db

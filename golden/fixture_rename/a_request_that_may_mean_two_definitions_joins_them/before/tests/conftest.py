import pytest


@pytest.fixture
def client(db):
    return db

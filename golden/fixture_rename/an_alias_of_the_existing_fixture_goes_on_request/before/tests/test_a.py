import pytest


def test_a(db):
    assert db


@pytest.fixture
def db(db_session):
    return db_session

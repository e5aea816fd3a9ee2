import pytest


@pytest.fixture
def db(db):
    return db


@pytest.fixture
def db_session():
    return "near"


def test_a(db):
    assert db == "far"

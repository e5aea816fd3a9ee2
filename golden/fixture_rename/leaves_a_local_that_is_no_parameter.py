import pytest


@pytest.fixture
def db():
    return object()


def test_a(db):
    assert db


def test_b():
    with Session() as db:
        assert db


def helper(db):
    return db
# output
import pytest


@pytest.fixture
def db_session():
    return object()


def test_a(db_session):
    assert db_session


def test_b():
    with Session() as db:
        assert db


def helper(db):
    return db

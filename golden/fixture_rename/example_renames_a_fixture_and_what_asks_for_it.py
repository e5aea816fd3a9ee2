import pytest


@pytest.fixture
def db():
    return Database()


@pytest.fixture
def customer(db):
    return db.add("customer")


def test_count(db, customer):
    assert db.count() == 1
# output
import pytest


@pytest.fixture
def db_session():
    return Database()


@pytest.fixture
def customer(db_session):
    return db_session.add("customer")


def test_count(db_session, customer):
    assert db_session.count() == 1

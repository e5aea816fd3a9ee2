import pytest


@pytest.fixture
def db():
    return object()


def test_a(db):
    def f(db_session):
        return db_session

    return f(db)
# output
import pytest


@pytest.fixture
def db_session():
    return object()


def test_a(db_session):
    def f(db_session):
        return db_session

    return f(db_session)

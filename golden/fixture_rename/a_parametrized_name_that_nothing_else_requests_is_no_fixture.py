import pytest


@pytest.fixture
def db():
    return object()


@pytest.mark.parametrize("db", [1, 2])
def test_a(db):
    assert db


def test_b(db):
    assert db
# output
import pytest


@pytest.fixture
def db_session():
    return object()


@pytest.mark.parametrize("db", [1, 2])
def test_a(db):
    assert db


def test_b(db_session):
    assert db_session

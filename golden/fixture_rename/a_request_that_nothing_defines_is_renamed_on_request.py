# args: --fix-dangling
import pytest


@pytest.fixture
def db_session():
    return object()


def test_a(db):
    db.x()


def test_b(db_session):
    db.add(1)
# output
import pytest


@pytest.fixture
def db_session():
    return object()


def test_a(db_session):
    db_session.x()


def test_b(db_session):
    db_session.add(1)

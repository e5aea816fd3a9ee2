import pytest


@pytest.fixture(name="db")
def db_fixture():
    return 1


@pytest.fixture(name="other")
def db():
    return 2


def test_a(db, other):
    assert db
# output
import pytest


@pytest.fixture(name="db_session")
def db_fixture():
    return 1


@pytest.fixture(name="other")
def db():
    return 2


def test_a(db_session, other):
    assert db_session

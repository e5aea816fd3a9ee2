# args: --unsafe
import pytest


@pytest.fixture
def db():
    return object()


@pytest.fixture
def dep(db):
    return db


@pytest.mark.parametrize("db, n", [(1, 2)])
def test_a(db, n, dep):
    assert db is dep


def test_b(dep):
    pass
# output
import pytest


@pytest.fixture
def db_session():
    return object()


@pytest.fixture
def dep(db_session):
    return db_session


@pytest.mark.parametrize("db_session, n", [(1, 2)])
def test_a(db_session, n, dep):
    assert db_session is dep


def test_b(dep):
    pass

# args: --rename-locals
import pytest


@pytest.fixture
def db():
    return object()


def test_a(db):
    db_session = db.open()
    db_session.add(1)
    f(db_session=db_session)
# output
import pytest


@pytest.fixture
def db_session():
    return object()


def test_a(db_session):
    db_session_1 = db_session.open()
    db_session_1.add(1)
    f(db_session=db_session_1)

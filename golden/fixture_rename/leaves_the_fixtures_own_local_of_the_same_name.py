import pytest


@pytest.fixture()
def db():
    db = Session()
    yield db
    db.close()


def test_a(db):
    assert db
# output
import pytest


@pytest.fixture()
def db_session():
    db = Session()
    yield db
    db.close()


def test_a(db_session):
    assert db_session

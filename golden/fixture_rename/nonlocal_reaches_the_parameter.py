import pytest


@pytest.fixture
def db():
    return object()


def test_a(db):
    def swap():
        nonlocal db
        db = None

    swap()
    return db
# output
import pytest


@pytest.fixture
def db_session():
    return object()


def test_a(db_session):
    def swap():
        nonlocal db_session
        db_session = None

    swap()
    return db_session

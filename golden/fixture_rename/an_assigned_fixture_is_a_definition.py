# skips: 17 F16-free-name
import pytest


def _make(engine):
    return engine


db = pytest.fixture(scope="session")(_make)
__all__ = ["db", "test_a"]


def test_a(db):
    db.__wrapped__


def helper():
    return db.__wrapped__
# output
import pytest


def _make(engine):
    return engine


db_session = pytest.fixture(scope="session")(_make)
__all__ = ["db_session", "test_a"]


def test_a(db_session):
    db_session.__wrapped__


def helper():
    return db_session.__wrapped__

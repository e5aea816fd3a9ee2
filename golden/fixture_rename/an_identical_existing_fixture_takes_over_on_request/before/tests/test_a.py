import pytest
from app import Session


@pytest.fixture
def db():
    """A session."""
    s = Session()
    yield s
    s.close()


def test_a(db):
    assert db


def test_b(db):
    pytest.fail(db)

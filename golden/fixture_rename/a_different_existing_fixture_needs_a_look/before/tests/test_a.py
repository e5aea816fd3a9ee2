import pytest
from app import Session


@pytest.fixture
def db():
    """A session."""
    s = Session(1)
    yield s
    s.close()


def test_a(db):
    assert db

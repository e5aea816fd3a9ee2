# skips: 5 F10-capture
# skips: 14 F11-both
import pytest


@pytest.fixture
def db():
    return object()


@pytest.fixture
def db_session():
    return object()


def test_a(db, db_session):
    pass

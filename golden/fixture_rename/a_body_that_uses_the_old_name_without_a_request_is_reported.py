# skips: 10 F16-free-name
import pytest


@pytest.fixture
def db_session():
    return object()


def test_a(db_session):
    db.add(1)


def helper():
    db.add(1)

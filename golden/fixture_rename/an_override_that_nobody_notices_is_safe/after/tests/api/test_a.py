import pytest


@pytest.fixture
def db_session():
    return object()


def test_a(db_session):
    assert db_session

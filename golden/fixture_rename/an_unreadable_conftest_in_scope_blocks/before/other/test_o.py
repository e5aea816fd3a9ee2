import pytest


@pytest.fixture
def db():
    return object()


def test_a(db):
    assert db

# unsafe: 5
import pytest


@pytest.fixture
def db():
    return object()


@pytest.fixture
def dep(db):
    return db


@pytest.mark.parametrize("db, n", [(1, 2)])
def test_a(db, n, dep):
    assert db is dep


def test_b(dep):
    pass

# args: --unsafe
import pytest


@pytest.fixture(autouse=True)
def db():
    return object()


@pytest.mark.parametrize("db", [1])
def test_a(db):
    assert db
# output
import pytest


@pytest.fixture(autouse=True)
def db_session():
    return object()


@pytest.mark.parametrize("db_session", [1])
def test_a(db_session):
    assert db_session

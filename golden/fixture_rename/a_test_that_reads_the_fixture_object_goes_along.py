# skips: 10 F16-free-name
import pytest


@pytest.fixture
def db():
    return object()


def test_a():
    db.query()
# output
import pytest


@pytest.fixture
def db_session():
    return object()


def test_a():
    db_session.query()

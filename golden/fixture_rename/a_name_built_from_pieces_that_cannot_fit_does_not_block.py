import pytest


@pytest.fixture
def db():
    return object()


def test_a(request, kind, db):
    request.getfixturevalue(f"{kind}_client")
    request.getfixturevalue(kind)
# output
import pytest


@pytest.fixture
def db_session():
    return object()


def test_a(request, kind, db_session):
    request.getfixturevalue(f"{kind}_client")
    request.getfixturevalue(kind)

import pytest


@pytest.fixture
def db():
    return object()


@pytest.fixture(params=("cache", "queue"))
def backend(request):
    if request.param == "cache":
        return None
    return request.getfixturevalue(request.param)


def test_a(backend, db):
    return "db", {"x": "db"}
# output
import pytest


@pytest.fixture
def db_session():
    return object()


@pytest.fixture(params=("cache", "queue"))
def backend(request):
    if request.param == "cache":
        return None
    return request.getfixturevalue(request.param)


def test_a(backend, db_session):
    return "db", {"x": "db"}

# skips: 14 F18-testid
import pytest


@pytest.fixture
def db():
    return object()


@pytest.fixture
def cache():
    return object()


@pytest.fixture(params=["db", pytest.param("cache")])
def backend(request):
    return request.getfixturevalue(request.param)


def test_a(backend):
    return "db", {"x": "db"}
# output
import pytest


@pytest.fixture
def db_session():
    return object()


@pytest.fixture
def cache():
    return object()


@pytest.fixture(params=["db_session", pytest.param("cache")])
def backend(request):
    return request.getfixturevalue(request.param)


def test_a(backend):
    return "db", {"x": "db"}

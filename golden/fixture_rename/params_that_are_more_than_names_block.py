# skips: 12 F14-dynamic
import pytest


@pytest.fixture
def db():
    return object()


@pytest.fixture(params=["db", "cache"])
def backend(request):
    print(request.param)
    return request.getfixturevalue(request.param)


def test_a(backend):
    pass

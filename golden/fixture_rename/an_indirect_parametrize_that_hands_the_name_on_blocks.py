# skips: 11 F14-dynamic
import pytest


@pytest.fixture
def db():
    return object()


@pytest.fixture(params=["cache"])
def backend(request):
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("backend", ["db"], indirect=True)
def test_a(backend):
    pass

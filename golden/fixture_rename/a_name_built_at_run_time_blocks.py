# skips: 11 F14-dynamic
import pytest


@pytest.fixture
def db():
    return object()


@pytest.mark.parametrize("name", ["db", "x"])
def test_a(request, name):
    request.getfixturevalue(name)

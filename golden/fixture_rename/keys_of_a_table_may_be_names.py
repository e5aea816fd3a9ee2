# skips: 13 F14-dynamic
import pytest

KINDS = {"db": 1, "cache": 2}


@pytest.fixture
def db():
    return object()


@pytest.mark.parametrize("name", KINDS)
def test_a(request, name):
    request.getfixturevalue(name)

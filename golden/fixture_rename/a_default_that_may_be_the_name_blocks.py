# skips: 11 F14-dynamic
import pytest


@pytest.fixture
def db():
    return object()


def test_a(request, name):
    name = request.config.stash.get("name", "db")
    request.getfixturevalue(name)

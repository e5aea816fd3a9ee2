# skips: 10 F14-dynamic
import pytest


@pytest.fixture
def db():
    return object()


def test_a(request, kind):
    request.getfixturevalue(f"d{kind}")

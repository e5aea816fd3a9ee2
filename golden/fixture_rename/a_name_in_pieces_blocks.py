# skips: 9 F14-dynamic
import pytest


@pytest.fixture
def db():
    return object()


@pytest.mark.usefixtures("db" "")
def test_a():
    pass

# skips: 9 F14-dynamic
import pytest


@pytest.fixture
def db():
    return object()


globals()["db"] = pytest.fixture(make)

# skips: 10 F16-free-name
# unsafe: 5
import pytest


@pytest.fixture
def db():
    return object()


def helper():
    return db()

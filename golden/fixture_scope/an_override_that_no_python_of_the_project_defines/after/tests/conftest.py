import pytest


@pytest.fixture(scope="function")
def db():
    return 1

import pytest


@pytest.fixture
def lh():
    return 1

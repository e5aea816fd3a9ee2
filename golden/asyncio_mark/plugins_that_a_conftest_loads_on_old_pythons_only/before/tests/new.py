import pytest


@pytest.fixture
def here():
    return 1

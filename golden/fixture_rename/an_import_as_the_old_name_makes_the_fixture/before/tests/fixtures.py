import pytest


@pytest.fixture
def real():
    return 1

import pytest


@pytest.fixture
def b():
    return 2

import pytest


@pytest.fixture
def mine():
    return 1

import pytest
@pytest.fixture
def db(): return "own"
def test_b(client): assert client == "own"

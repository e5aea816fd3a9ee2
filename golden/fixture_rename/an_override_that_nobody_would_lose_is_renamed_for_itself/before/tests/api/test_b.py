import pytest
@pytest.fixture
def db(): return "own"
def test_b(db): assert db == "own"

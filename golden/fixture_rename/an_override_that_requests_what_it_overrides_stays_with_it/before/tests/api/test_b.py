import pytest
@pytest.fixture
def db(db): return "own"
def test_b(db): assert db == "own"

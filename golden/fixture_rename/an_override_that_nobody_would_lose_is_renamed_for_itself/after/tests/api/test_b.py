import pytest
@pytest.fixture
def db_session(): return "own"
def test_b(db_session): assert db_session == "own"

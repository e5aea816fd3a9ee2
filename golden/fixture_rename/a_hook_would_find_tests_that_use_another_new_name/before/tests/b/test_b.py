import pytest

@pytest.fixture
def db_session(): return 2

def test_b(db_session): ...

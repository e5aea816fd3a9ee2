import pytest

@pytest.fixture
def db(): return 2

def test_b(db):
    return f"{db=}"

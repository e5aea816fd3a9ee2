import pytest
@pytest.fixture
def db(): return "near"
@pytest.fixture
def client(db): return db

import pytest
@pytest.fixture
def db(): return {"n": 1}

import pytest
@pytest.fixture
def db_session(): return {"n": 1}

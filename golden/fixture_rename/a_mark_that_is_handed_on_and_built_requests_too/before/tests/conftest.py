import pytest

@pytest.fixture
def db_session(): return "near"

@pytest.fixture
def cache(): return 1

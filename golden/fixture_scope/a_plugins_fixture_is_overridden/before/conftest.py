import pytest


@pytest.fixture
def transactional_db():
    return 1

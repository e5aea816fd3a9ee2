import pytest


@pytest.fixture
def db_session():
    return object()


@pytest.fixture
def db_engine():
    pass

import pytest


@pytest.fixture
def db():
    return object()


@pytest.fixture
def db_engine():
    pass

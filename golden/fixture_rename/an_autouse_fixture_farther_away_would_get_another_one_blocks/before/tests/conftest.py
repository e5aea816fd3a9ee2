import pytest


@pytest.fixture
def db_session():
    return object()


@pytest.fixture(autouse=True)
def clean(db_session):
    return db_session

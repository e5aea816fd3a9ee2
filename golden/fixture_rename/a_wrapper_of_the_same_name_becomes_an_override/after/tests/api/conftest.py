import pytest


@pytest.fixture
def db_session(db_session):
    return db_session.session

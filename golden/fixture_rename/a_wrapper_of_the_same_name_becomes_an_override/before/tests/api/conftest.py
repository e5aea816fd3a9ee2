import pytest


@pytest.fixture
def db_session(db):
    return db.session

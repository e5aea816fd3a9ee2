# skips: 10 F12-local-name
import pytest


@pytest.fixture
def db():
    return object()


def test_a(db):
    def f(db_session):
        return db_session, db

    return f

# skips: 10 F12-local-name
import pytest


@pytest.fixture
def db():
    return object()


def test_a(db):
    db_session = db.open()
    db_session.add(1)

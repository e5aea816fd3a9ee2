# skips: 10 F12-local-name
import pytest


@pytest.fixture
def db():
    return object()


def test_a(db):
    with db_session() as s:
        s.add(db)

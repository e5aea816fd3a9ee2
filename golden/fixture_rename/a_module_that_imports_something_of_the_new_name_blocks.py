# skips: 2 F12-local-name
import pytest
from app import db_session


@pytest.fixture
def db():
    with db_session() as s:
        yield s


def test_a(db):
    pass

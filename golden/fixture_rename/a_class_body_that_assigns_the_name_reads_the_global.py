# skips: 11 F16-free-name
import pytest


@pytest.fixture
def db():
    return object()


def test_a(db):
    class K:
        db = db

    return K, db

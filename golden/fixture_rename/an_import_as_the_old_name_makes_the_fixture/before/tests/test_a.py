from tests.fixtures import real as db


def test_a(db):
    assert db

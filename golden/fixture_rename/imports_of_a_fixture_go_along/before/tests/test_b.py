from tests.fixtures import db as database


def test_b(database, db):
    assert database is db

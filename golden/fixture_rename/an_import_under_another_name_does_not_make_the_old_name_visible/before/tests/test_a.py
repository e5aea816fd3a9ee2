from tests.fixtures import db as database


def test_a(database, db):
    pass

from tests.fixtures import db_session as database


def test_a(database, db):
    pass

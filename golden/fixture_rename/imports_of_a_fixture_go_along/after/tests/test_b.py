from tests.fixtures import db_session as database


def test_b(database, db_session):
    assert database is db_session

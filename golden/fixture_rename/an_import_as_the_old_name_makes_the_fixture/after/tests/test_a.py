from tests.fixtures import real as db_session


def test_a(db_session):
    assert db_session

def test_n(db_session):
    assert db_session

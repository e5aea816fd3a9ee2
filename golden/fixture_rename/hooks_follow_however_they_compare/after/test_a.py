def test_a(db_session, x): assert db_session

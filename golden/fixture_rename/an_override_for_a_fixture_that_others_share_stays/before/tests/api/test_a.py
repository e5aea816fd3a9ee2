def test_a(db_session, client): assert db_session == "far"

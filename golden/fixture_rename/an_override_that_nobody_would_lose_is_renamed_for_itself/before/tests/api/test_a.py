def test_a(db_session): assert db_session == "far"

def test_a(db, x): assert db

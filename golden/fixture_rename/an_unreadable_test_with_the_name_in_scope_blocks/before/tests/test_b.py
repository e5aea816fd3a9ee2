def test_b(db:

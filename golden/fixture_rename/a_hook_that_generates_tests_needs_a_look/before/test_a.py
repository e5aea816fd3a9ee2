def test_a(db): assert db in (2, 3)

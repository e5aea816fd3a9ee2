def test_a(conn):
    pass

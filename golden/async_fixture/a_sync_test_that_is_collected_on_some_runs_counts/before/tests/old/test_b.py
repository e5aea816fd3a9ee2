def test_b(other):
    pass

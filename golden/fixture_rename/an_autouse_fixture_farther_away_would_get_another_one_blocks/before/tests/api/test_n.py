def test_n():
    pass

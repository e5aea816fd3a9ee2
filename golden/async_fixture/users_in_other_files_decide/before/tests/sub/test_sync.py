def test_sync(a, b):
    assert a

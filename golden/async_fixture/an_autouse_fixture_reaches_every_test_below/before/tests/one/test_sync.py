def test_sync():
    pass

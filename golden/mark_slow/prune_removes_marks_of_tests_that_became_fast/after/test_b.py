class TestOther:
    pass


def test_only():
    pass

def test_a():
    assert (

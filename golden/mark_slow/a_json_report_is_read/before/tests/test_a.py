from pytest import mark


@mark.db
def test_a():
    pass

from pytest import mark


@mark.heavy
@mark.db
def test_a():
    pass

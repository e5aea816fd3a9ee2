def test_a(db):
    assert db


def test_b(db):
    pass

from tests.fixtures import other as db


def test_b(db):
    pass

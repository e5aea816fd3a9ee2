def check_a(db):
    assert db


def a_helper(db):
    assert db


class SqlSuite:
    def check_b(self, db):
        assert db

    def b_helper(self, db):
        assert db

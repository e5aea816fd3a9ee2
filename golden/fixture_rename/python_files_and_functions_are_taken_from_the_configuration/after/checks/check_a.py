def check_a(db_session):
    assert db_session


def a_helper(db):
    assert db


class SqlSuite:
    def check_b(self, db_session):
        assert db_session

    def b_helper(self, db):
        assert db

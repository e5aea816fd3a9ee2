def test_x(db_session):
    assert db_session


class Checks:
    def test_y(self, db_session):
        assert db_session

    def helper(self, db):
        return db

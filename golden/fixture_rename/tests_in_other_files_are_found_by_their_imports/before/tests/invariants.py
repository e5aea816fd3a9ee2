def test_x(db):
    assert db


class Checks:
    def test_y(self, db):
        assert db

    def helper(self, db):
        return db

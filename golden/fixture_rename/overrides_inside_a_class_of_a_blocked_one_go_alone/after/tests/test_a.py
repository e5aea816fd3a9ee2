import pytest

def test_root(db):
    return eval("db")


class TestOwn:
    @pytest.fixture
    def db_session(self): return "own"

    @pytest.fixture
    def user(self, db_session): return db_session

    def test_own(self, db_session, user): assert db_session == user == "own"


class TestNone:
    def test_root(self, db): assert db == "root"

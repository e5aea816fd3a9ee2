import pytest

def test_root(db):
    return eval("db")


class TestOwn:
    @pytest.fixture
    def db(self): return "own"

    @pytest.fixture
    def user(self, db): return db

    def test_own(self, db, user): assert db == user == "own"


class TestNone:
    def test_root(self, db): assert db == "root"

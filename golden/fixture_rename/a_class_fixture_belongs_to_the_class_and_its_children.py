# skips: 20 F15-dangling
import pytest


class Base:
    @pytest.fixture
    def db(self):
        return 1


class TestA(Base):
    def test_a(self, db):
        assert db

    class TestInner:
        def test_b(self, db):
            assert db


class TestB:
    def test_c(self, db):
        assert db
# output
import pytest


class Base:
    @pytest.fixture
    def db_session(self):
        return 1


class TestA(Base):
    def test_a(self, db_session):
        assert db_session

    class TestInner:
        def test_b(self, db_session):
            assert db_session


class TestB:
    def test_c(self, db):
        assert db

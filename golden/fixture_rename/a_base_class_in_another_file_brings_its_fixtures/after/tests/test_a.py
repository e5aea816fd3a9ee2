from tests.base import Base


class TestA(Base):
    def test_a(self, db_session):
        assert db_session


class TestB:
    def test_b(self, db):
        pass

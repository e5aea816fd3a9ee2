from tests.base import Base


class TestA(Base):
    def test_a(self, db):
        assert db


class TestB:
    def test_b(self, db):
        pass

# skips: 5 F20-parametrize-override
import pytest


class Base:
    def test_a(self, db):
        assert db


@pytest.mark.parametrize("db", [1])
class TestFilled(Base):
    pass


class TestRequested(Base):
    @pytest.fixture
    def db(self):
        return 1

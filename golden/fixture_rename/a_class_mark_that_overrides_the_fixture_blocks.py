# skips: 16 F20-parametrize-override
import pytest


@pytest.fixture
def db():
    return object()


@pytest.fixture
def dep(db):
    return db


@pytest.mark.parametrize("db", [1])
class TestK:
    def test_a(self, db, dep):
        assert db is dep

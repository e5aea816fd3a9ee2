import pytest


@pytest.fixture
def db():
    return object()


class SqlTestCase:
    def test_a(self, db):
        assert db


class TestK(SqlTestCase):
    def test_a(self, db):
        assert not db
# output
import pytest


@pytest.fixture
def db_session():
    return object()


class SqlTestCase:
    def test_a(self, db_session):
        assert db_session


class TestK(SqlTestCase):
    def test_a(self, db_session):
        assert not db_session

# args: --keep-alias
import pytest


@pytest.fixture(scope="session", autouse=False)
def db():
    return 1


class TestK:
    @pytest.fixture()
    def db(self, db):
        return db

    def test_a(self, db):
        pass
# output
import pytest


@pytest.fixture(scope="session", autouse=False)
def db_session():
    return 1


@pytest.fixture(scope="session")
def db(db_session):
    return db_session


class TestK:
    @pytest.fixture()
    def db_session(self, db_session):
        return db_session

    @pytest.fixture()
    def db(self, db_session):
        return db_session

    def test_a(self, db_session):
        pass

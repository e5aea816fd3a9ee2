# skips: 17 A60-override
# skips: 23 A60-override
import pytest


@pytest.fixture
def db():
    return 1


class TestBase:
    @pytest.fixture
    def session(self):
        return 1


class TestA:
    @pytest.fixture
    def db(self, db):
        return db


class TestB(TestBase):
    @pytest.fixture
    def session(self):
        return 2
# output
import pytest


@pytest.fixture(scope="function")
def db():
    return 1


class TestBase:
    @pytest.fixture(scope="function")
    def session(self):
        return 1


class TestA:
    @pytest.fixture
    def db(self, db):
        return db


class TestB(TestBase):
    @pytest.fixture
    def session(self):
        return 2

import pytest


@pytest.fixture
def db():
    return object()


def test_a(db):
    def override():
        yield db

    class Service:
        session = db

        def run(self):
            return db

    return override, Service, lambda: db
# output
import pytest


@pytest.fixture
def db_session():
    return object()


def test_a(db_session):
    def override():
        yield db_session

    class Service:
        session = db_session

        def run(self):
            return db_session

    return override, Service, lambda: db_session

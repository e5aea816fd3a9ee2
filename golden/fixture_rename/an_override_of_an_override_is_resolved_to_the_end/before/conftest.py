import pytest


@pytest.fixture
def session():
    return "far"


@pytest.fixture
def db(session):
    return session

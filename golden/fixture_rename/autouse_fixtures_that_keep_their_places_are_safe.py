import pytest


@pytest.fixture(autouse=True)
def db():
    pass


@pytest.fixture(autouse=True)
def a_clean():
    pass


def test_a():
    pass
# output
import pytest


@pytest.fixture(autouse=True)
def db_session():
    pass


@pytest.fixture(autouse=True)
def a_clean():
    pass


def test_a():
    pass

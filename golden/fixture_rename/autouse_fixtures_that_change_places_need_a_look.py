# unsafe: 5
import pytest


@pytest.fixture(autouse=True)
def db():
    pass


@pytest.fixture(autouse=True)
def db_clean():
    pass


def test_a():
    pass

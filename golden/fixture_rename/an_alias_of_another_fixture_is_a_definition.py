import pytest


@pytest.fixture
def real():
    pass


db = real


def test_a(db, real):
    pass
# output
import pytest


@pytest.fixture
def real():
    pass


db_session = real


def test_a(db_session, real):
    pass

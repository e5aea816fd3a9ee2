import pytest


if X:
    @pytest.fixture
    def db():
        return 1
else:
    @pytest.fixture
    def db():
        return 2


def test_a(db):
    pass
# output
import pytest


if X:
    @pytest.fixture
    def db_session():
        return 1
else:
    @pytest.fixture
    def db_session():
        return 2


def test_a(db_session):
    pass

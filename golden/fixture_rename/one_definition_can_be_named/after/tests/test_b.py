import pytest


@pytest.fixture
def db_session():
    return object()


def test_a(db_session):
    assert db_session


class TestK:
    @pytest.fixture
    def db_session(self):
        return 1

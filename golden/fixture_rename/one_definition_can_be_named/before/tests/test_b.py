import pytest


@pytest.fixture
def db():
    return object()


def test_a(db):
    assert db


class TestK:
    @pytest.fixture
    def db(self):
        return 1

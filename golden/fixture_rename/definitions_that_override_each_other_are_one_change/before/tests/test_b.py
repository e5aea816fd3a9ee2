import pytest


class TestK:
    @pytest.fixture
    def db(self, db):
        return db

    def test_a(self, client, db):
        pass

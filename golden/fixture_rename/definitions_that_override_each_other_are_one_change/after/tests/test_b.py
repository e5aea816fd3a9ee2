import pytest


class TestK:
    @pytest.fixture
    def db_session(self, db_session):
        return db_session

    def test_a(self, client, db_session):
        pass

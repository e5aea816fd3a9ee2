import pytest


class Base:
    @pytest.fixture
    def db_session(self):
        return 1

    def test_base(self, db_session):
        assert db_session

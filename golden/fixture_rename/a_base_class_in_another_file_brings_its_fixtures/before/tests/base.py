import pytest


class Base:
    @pytest.fixture
    def db(self):
        return 1

    def test_base(self, db):
        assert db

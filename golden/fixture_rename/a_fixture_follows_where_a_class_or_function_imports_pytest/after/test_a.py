class TestO:
    import pytest
    @pytest.fixture
    def db_session(self): return "cls"
    def test_o(self, db_session): assert db_session == "cls"

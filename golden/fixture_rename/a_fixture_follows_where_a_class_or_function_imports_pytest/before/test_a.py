class TestO:
    import pytest
    @pytest.fixture
    def db(self): return "cls"
    def test_o(self, db): assert db == "cls"

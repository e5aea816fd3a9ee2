import pytest
fix = pytest.fixture
class TestQ:
    fixt = pytest.fixture
    @fixt
    def db(self): return "cls"
    def test_o(self, db): assert db == "cls"
class TestR:
    def _db(self): return "cls"
    db = pytest.fixture(_db)
    def test_o(self, db): assert db == "cls"
class TestS:
    db = pytest.fixture(lambda self: "cls")
    def test_o(self, db): assert db == "cls"
class TestT:
    @fix
    def db(self): return "cls"
    def test_o(self, db): assert db == "cls"

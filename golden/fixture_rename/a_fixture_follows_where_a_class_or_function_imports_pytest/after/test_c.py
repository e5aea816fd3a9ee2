import pytest
fix = pytest.fixture
class TestQ:
    fixt = pytest.fixture
    @fixt
    def db_session(self): return "cls"
    def test_o(self, db_session): assert db_session == "cls"
class TestR:
    def _db(self): return "cls"
    db_session = pytest.fixture(_db)
    def test_o(self, db_session): assert db_session == "cls"
class TestS:
    db_session = pytest.fixture(lambda self: "cls")
    def test_o(self, db_session): assert db_session == "cls"
class TestT:
    @fix
    def db_session(self): return "cls"
    def test_o(self, db_session): assert db_session == "cls"

import pytest
lam = pytest.fixture(lambda db_session: db_session + "x")
def test_l(lam): assert lam == "rootx"
class TestU:
    class TestV:
        fixt = staticmethod(pytest.fixture)
        import pytest as p
        @p.fixture(name="db_session")
        def other(self): return "cls"
        def test_o(self, db_session): assert db_session == "cls"
class TestW:
    db_session = pytest.fixture(lambda self, db_session: db_session + "x")
    def test_o(self, db_session): assert db_session == "rootx"

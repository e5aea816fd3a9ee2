import pytest
lam = pytest.fixture(lambda db: db + "x")
def test_l(lam): assert lam == "rootx"
class TestU:
    class TestV:
        fixt = staticmethod(pytest.fixture)
        import pytest as p
        @p.fixture(name="db")
        def other(self): return "cls"
        def test_o(self, db): assert db == "cls"
class TestW:
    db = pytest.fixture(lambda self, db: db + "x")
    def test_o(self, db): assert db == "rootx"

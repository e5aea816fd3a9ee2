from conftest import pytest as pt
class TestO:
    from pytest import fixture as fx
    @fx
    def db_session(self): return "cls"
    def test_o(self, db_session): assert db_session == "cls"
class TestN:
    @pt.fixture(name="db_session")
    def other(self): return "cls"
    def test_o(self, db_session): assert db_session == "cls"

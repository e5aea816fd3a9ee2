from conftest import pytest as pt
class TestO:
    from pytest import fixture as fx
    @fx
    def db(self): return "cls"
    def test_o(self, db): assert db == "cls"
class TestN:
    @pt.fixture(name="db")
    def other(self): return "cls"
    def test_o(self, db): assert db == "cls"

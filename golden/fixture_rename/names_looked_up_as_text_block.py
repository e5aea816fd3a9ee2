# skips: 10 F21-introspect
# skips: 14 F21-introspect
# skips: 18 F21-introspect
import pytest


@pytest.fixture
def db():
    return object()


def test_a(db):
    return locals()["db"]


def test_b(db):
    return f"{db=}"


def test_c(db):
    return eval("db")

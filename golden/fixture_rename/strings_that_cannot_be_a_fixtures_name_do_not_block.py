import pytest


@pytest.fixture(scope="class")
def db():
    return object()


def test_a(request, name, kind, db, monkeypatch):
    request.getfixturevalue(name)
    assert "db" in {} and "db" != kind and {"db": 1}["db"] and {}.get("db")
    monkeypatch.setattr(db, "db", 1)
    getattr(db, "db")
    pytest.param(1, id="db")
# output
import pytest


@pytest.fixture(scope="class")
def db_session():
    return object()


def test_a(request, name, kind, db_session, monkeypatch):
    request.getfixturevalue(name)
    assert "db" in {} and "db" != kind and {"db": 1}["db"] and {}.get("db")
    monkeypatch.setattr(db_session, "db", 1)
    getattr(db_session, "db")
    pytest.param(1, id="db")

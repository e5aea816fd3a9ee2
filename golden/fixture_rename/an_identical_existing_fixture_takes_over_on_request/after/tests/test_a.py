import pytest


def test_a(db_session):
    assert db_session


def test_b(db_session):
    pytest.fail(db_session)

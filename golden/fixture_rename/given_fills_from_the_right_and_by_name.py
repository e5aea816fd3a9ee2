import pytest
from hypothesis import given, strategies as st


@pytest.fixture
def db():
    return object()


@given(st.integers())
def test_a(db, n):
    db.x(n)


@given(st.integers())
def test_b(n, db):
    db.x(n)


@given(db=st.integers())
def test_c(db):
    db.x()


@given(n=st.integers())
def test_d(n, db):
    db.x()
# output
import pytest
from hypothesis import given, strategies as st


@pytest.fixture
def db_session():
    return object()


@given(st.integers())
def test_a(db_session, n):
    db_session.x(n)


@given(st.integers())
def test_b(n, db):
    db.x(n)


@given(db=st.integers())
def test_c(db):
    db.x()


@given(n=st.integers())
def test_d(n, db_session):
    db_session.x()

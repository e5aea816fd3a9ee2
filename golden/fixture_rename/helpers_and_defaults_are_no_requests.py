import pytest


@pytest.fixture
def db():
    return object()


def list_leads(db=Depends(get_db)):
    return db


def helper(db):
    return db


def test_a(db=None):
    return db


def test_b(*, db=None, **kw):
    return db


def test_c(db, /):
    return db


def test_d(*db):
    return db


def test_e(*, db):
    helper(db=db)
# output
import pytest


@pytest.fixture
def db_session():
    return object()


def list_leads(db=Depends(get_db)):
    return db


def helper(db):
    return db


def test_a(db=None):
    return db


def test_b(*, db=None, **kw):
    return db


def test_c(db, /):
    return db


def test_d(*db):
    return db


def test_e(*, db_session):
    helper(db=db_session)

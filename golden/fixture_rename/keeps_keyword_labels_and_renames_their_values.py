import pytest


@pytest.fixture
def db():
    return object()


def test_a(db, make):
    svc(db=db)
    svc(db=other, session=db)
    make.db = db
    return {'db': db}, db.db, make['db']
# output
import pytest


@pytest.fixture
def db_session():
    return object()


def test_a(db_session, make):
    svc(db=db_session)
    svc(db=other, session=db_session)
    make.db = db_session
    return {'db': db_session}, db_session.db, make['db']

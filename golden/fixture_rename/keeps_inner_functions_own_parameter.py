import pytest


@pytest.fixture
def db():
    return object()


def test_a(db, xs):
    def inner(db, other=db):
        return db

    f = lambda db=db: db
    ys = [db for db in xs if db]
    zs = [x for x in db for db in x]
    nested = {db: db for db in db}
    return inner, f, ys, zs, nested, db
# output
import pytest


@pytest.fixture
def db_session():
    return object()


def test_a(db_session, xs):
    def inner(db, other=db_session):
        return db

    f = lambda db=db_session: db
    ys = [db for db in xs if db]
    zs = [x for x in db_session for db in x]
    nested = {db: db for db in db_session}
    return inner, f, ys, zs, nested, db_session

import pytest


@pytest.fixture
def db():
    return object()


def test_a(db):
    x = f"{db} {db!r:>{db}} {{db}} db {f(db=db)} {db.db}"
    y = f"""
      é {db}
      {  db['db'] }
    """
    return (
        f"é{db}"
        "db"
        f"{db}"
    )
# output
import pytest


@pytest.fixture
def db_session():
    return object()


def test_a(db_session):
    x = f"{db_session} {db_session!r:>{db_session}} {{db}} db {f(db=db_session)} {db_session.db}"
    y = f"""
      é {db_session}
      {  db_session['db'] }
    """
    return (
        f"é{db_session}"
        "db"
        f"{db_session}"
    )

import pytest


@pytest.fixture
def db():
    return object()


def test_a(db: Session, test_db, mock_db, db_engine) -> None:
    db_engine, test_db.db, db.test_db
# output
import pytest


@pytest.fixture
def db_session():
    return object()


def test_a(db_session: Session, test_db, mock_db, db_engine) -> None:
    db_engine, test_db.db, db_session.test_db

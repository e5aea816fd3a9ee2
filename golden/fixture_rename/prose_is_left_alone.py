"""Use ``db`` like this, not the db of old:

    def test_my(db):
        db.add(1)

    db = other
"""

import pytest


@pytest.fixture
def db():
    return object()


def test_a(db):  # db
    """Adds to `db`."""
# output
"""Use ``db`` like this, not the db of old:

    def test_my(db):
        db.add(1)

    db = other
"""

import pytest


@pytest.fixture
def db_session():
    return object()


def test_a(db_session):  # db
    """Adds to `db`."""

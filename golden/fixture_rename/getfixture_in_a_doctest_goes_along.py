"""A module.

>>> db = getfixture("db")
>>> db.x()
"""

import pytest


@pytest.fixture
def db():
    return object()


# output
"""A module.

>>> db = getfixture("db_session")
>>> db.x()
"""

import pytest


@pytest.fixture
def db_session():
    return object()



# skips: 5 A60-override
import pytest


@pytest.fixture
def db(db):
    return db

import pytest

from app.deps import db as real


@pytest.fixture
def db():
    return real

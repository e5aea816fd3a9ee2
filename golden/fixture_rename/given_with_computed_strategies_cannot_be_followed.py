# skips: 11 F14-dynamic
import pytest
from hypothesis import given, strategies as st


@pytest.fixture
def db():
    return object()


@given(**strategies)
def test_a(db):
    db.x()

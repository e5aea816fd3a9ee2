# unsafe: 6
import pytest
from pytest_bdd import given, parsers


@pytest.fixture
def db():
    return object()


@given("a user")
def a_user(db):
    db.x()


@given(parsers.parse("the {db} base"))
def a_base(db):
    db.x()

# skips: 13 F20-parametrize-override
import pytest


@pytest.fixture
def db():
    return object()


pytestmark = pytest.mark.usefixtures("db")


@pytest.mark.parametrize("db", [1])
def test_a(db):
    assert db


def test_b():
    pass

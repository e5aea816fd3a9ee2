# skips: 3 F16-free-name
import pytest

db = 1


@pytest.fixture
def db():
    pass


def test_a(db):
    pass

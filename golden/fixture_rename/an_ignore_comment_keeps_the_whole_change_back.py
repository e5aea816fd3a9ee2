# skips: 5 C002-ignored
import pytest


@pytest.fixture
def db():
    return object()


def test_a(db):  # codemod: ignore[fixture-rename]
    pass


def test_b(db):
    pass

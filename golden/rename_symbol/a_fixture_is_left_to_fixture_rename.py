# args: --symbol conftest.db --to session
# path: conftest.py
# skips: 5 S05-fixture
import pytest


@pytest.fixture
def db():
    return 1

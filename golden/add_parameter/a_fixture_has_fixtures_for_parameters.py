# args: --function conftest.db --parameter log=False
# path: conftest.py
# skips: 5 P03-not-free
import pytest


@pytest.fixture
def db(tmp_path):
    return tmp_path

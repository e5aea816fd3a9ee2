import pytest
from settings import STORES


@pytest.fixture
def db(): return 1


def pytest_collection_modifyitems(items):
    for item in items:
        names = item.fixturenames
        if set(STORES) & set(names):
            item.add_marker(pytest.mark.storage)

import pytest
from tools import stores


@pytest.fixture
def db(): return 1


def pytest_collection_modifyitems(items):
    for item in items:
        if stores(item.fixturenames):
            item.add_marker(pytest.mark.storage)

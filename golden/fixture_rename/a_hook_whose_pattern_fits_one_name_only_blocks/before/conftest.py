import pytest


@pytest.fixture
def db(): return 1


def pytest_collection_modifyitems(items):
    for item in items:
        if any(n.endswith("db") for n in item.fixturenames):
            item.add_marker(pytest.mark.storage)

import pytest


@pytest.fixture
def db(): return 1


def pytest_collection_modifyitems(items):
    for item in items:
        names = item.fixturenames
        if any(n.split("_")[0] == "db" for n in names):
            item.add_marker(pytest.mark.storage)

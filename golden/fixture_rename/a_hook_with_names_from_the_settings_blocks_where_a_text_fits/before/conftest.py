import pytest


@pytest.fixture
def db(): return 1


def pytest_collection_modifyitems(config, items):
    wanted = config.stash.get("wanted", ["db"][:])
    for item in items:
        if set(wanted) & set(item.fixturenames):
            item.add_marker(pytest.mark.storage)

import pytest


@pytest.fixture
def db(): return 1


def pytest_collection_modifyitems(items):
    for item in items:
        if "db_session" in item.fixturenames:
            item.add_marker(pytest.mark.storage)

import pytest


@pytest.fixture
def db(): return 1


def pytest_collection_modifyitems(items):
    for item in items:
        for name in ("db", "cache"):
            if name in item.fixturenames:
                item.add_marker(name)

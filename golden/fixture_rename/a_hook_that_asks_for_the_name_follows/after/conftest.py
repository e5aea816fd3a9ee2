import pytest
@pytest.fixture
def db_session(): return 1
def pytest_collection_modifyitems(items):
    for item in items:
        if "db_session" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.storage)

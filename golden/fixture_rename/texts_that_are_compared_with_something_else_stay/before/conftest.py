import pytest

BACKENDS = ("db", "memory")


@pytest.fixture
def db(): return 1


def pytest_addoption(parser):
    parser.addoption("--store", choices=BACKENDS, default="db")


def pytest_collection_modifyitems(config, items):
    store = config.getoption("--store")
    if store == "db" or config.getoption("--store") in ("db", "all"):
        return
    for item in items:
        if "slow" in item.fixturenames and item.get_closest_marker("db"):
            item.add_marker("db")
        if "db" in item.keywords or item.name.startswith("db"):
            item.add_marker(pytest.mark.skip(reason="db"))
        if any(name.startswith("db") for name in item.fixturenames):
            item.add_marker(pytest.mark.storage)

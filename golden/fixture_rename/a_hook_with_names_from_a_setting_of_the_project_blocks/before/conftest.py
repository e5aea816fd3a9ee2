import pytest

@pytest.fixture
def db(): return 1

def pytest_addoption(parser):
    parser.addini("stores", "", "args")

def pytest_runtest_setup(item):
    if set(item.config.getini("stores")) & set(item.fixturenames):
        pytest.skip("needs a store")

import pytest

@pytest.fixture
def db(): return 1

def pytest_generate_tests(metafunc):
    if "db" in metafunc.fixturenames:
        metafunc.parametrize("db", [2, 3])

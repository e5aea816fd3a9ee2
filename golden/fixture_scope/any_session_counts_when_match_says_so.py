# args: --match session
import pytest


@pytest.fixture
def mock_session():
    return 1
# output
import pytest


@pytest.fixture(scope="function")
def mock_session():
    return 1

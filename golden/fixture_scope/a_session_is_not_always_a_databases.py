import pytest
@pytest.fixture
def mock_session(): return 1
@pytest.fixture
def sample_session_id(): return 1
@pytest.fixture
def db_session(): return 1
@pytest.fixture(name="session")
def make_session(): return 1
@pytest.fixture(name="auth_session")
def session(): return 1
# output
import pytest
@pytest.fixture
def mock_session(): return 1
@pytest.fixture
def sample_session_id(): return 1
@pytest.fixture(scope="function")
def db_session(): return 1
@pytest.fixture(scope="function", name="session")
def make_session(): return 1
@pytest.fixture(name="auth_session")
def session(): return 1

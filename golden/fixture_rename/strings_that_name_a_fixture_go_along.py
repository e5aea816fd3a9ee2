import pytest


@pytest.fixture
def db():
    return object()


pytestmark = [pytest.mark.usefixtures("db"), pytest.mark.db]


@pytest.mark.usefixtures('a', 'db')
class TestK:
    pytestmark = pytest.mark.usefixtures("db")

    def test_a(self, request):
        request.getfixturevalue("db")
        request.getfixturevalue(argname='db')
        assert "db" in request.fixturenames
        assert 'db' not in request.node.fixturenames
        request.node.funcargs["db"]
        return "db", {"db": 1}, x["db"], "tests.fixtures.db"


@pytest.mark.parametrize("x", [pytest.param(1, marks=pytest.mark.usefixtures("db"))])
def test_b(x):
    pass


@pytest.mark.parametrize("x", [pytest.lazy_fixture("db"), lf("db"), fixture_ref('db')])
def test_c(x):
    pass


def pytest_generate_tests(metafunc):
    if "db" in metafunc.fixturenames:
        metafunc.parametrize("db", [1], indirect=True)


def pytest_fixture_setup(fixturedef):
    if fixturedef.argname == "db":
        pass
# output
import pytest


@pytest.fixture
def db_session():
    return object()


pytestmark = [pytest.mark.usefixtures("db_session"), pytest.mark.db]


@pytest.mark.usefixtures('a', 'db_session')
class TestK:
    pytestmark = pytest.mark.usefixtures("db_session")

    def test_a(self, request):
        request.getfixturevalue("db_session")
        request.getfixturevalue(argname='db_session')
        assert "db_session" in request.fixturenames
        assert 'db_session' not in request.node.fixturenames
        request.node.funcargs["db_session"]
        return "db", {"db": 1}, x["db"], "tests.fixtures.db"


@pytest.mark.parametrize("x", [pytest.param(1, marks=pytest.mark.usefixtures("db_session"))])
def test_b(x):
    pass


@pytest.mark.parametrize("x", [pytest.lazy_fixture("db_session"), lf("db_session"), fixture_ref('db_session')])
def test_c(x):
    pass


def pytest_generate_tests(metafunc):
    if "db_session" in metafunc.fixturenames:
        metafunc.parametrize("db_session", [1], indirect=True)


def pytest_fixture_setup(fixturedef):
    if fixturedef.argname == "db_session":
        pass

# skips: 9 F18-testid
import pytest


@pytest.fixture
def db(request):
    return request.param


@pytest.mark.parametrize("db", [object(), object()], indirect=True)
def test_a(db):
    pass


@pytest.mark.parametrize("db", [object()], ids=["x"], indirect=True)
def test_b(db):
    pass
# output
import pytest


@pytest.fixture
def db_session(request):
    return request.param


@pytest.mark.parametrize("db_session", [object(), object()], indirect=True)
def test_a(db_session):
    pass


@pytest.mark.parametrize("db_session", [object()], ids=["x"], indirect=True)
def test_b(db_session):
    pass

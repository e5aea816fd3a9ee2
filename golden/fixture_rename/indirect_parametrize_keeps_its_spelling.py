import pytest


@pytest.fixture
def db(request):
    return request.param


@pytest.mark.parametrize("a,db", [(1, 2)], indirect=["db"])
def test_a(a, db):
    pass


@pytest.mark.parametrize("a , db", [(1, 2)], indirect=True)
def test_b(a, db):
    pass


@pytest.mark.parametrize(('a', 'db'), [(1, 2)], indirect=('a', 'db',))
def test_c(a, db):
    pass


@pytest.mark.parametrize(["db"], ["x"], indirect=True)
def test_d(db):
    pass
# output
import pytest


@pytest.fixture
def db_session(request):
    return request.param


@pytest.mark.parametrize("a,db_session", [(1, 2)], indirect=["db_session"])
def test_a(a, db_session):
    pass


@pytest.mark.parametrize("a , db_session", [(1, 2)], indirect=True)
def test_b(a, db_session):
    pass


@pytest.mark.parametrize(('a', 'db_session'), [(1, 2)], indirect=('a', 'db_session',))
def test_c(a, db_session):
    pass


@pytest.mark.parametrize(["db_session"], ["x"], indirect=True)
def test_d(db_session):
    pass

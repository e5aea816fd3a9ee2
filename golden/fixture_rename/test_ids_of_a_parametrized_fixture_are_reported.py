# skips: 5 F18-testid
import pytest


@pytest.fixture(params=[Engine(), 1])
def db(request):
    return request.param


def test_a(db):
    pass
# output
import pytest


@pytest.fixture(params=[Engine(), 1])
def db_session(request):
    return request.param


def test_a(db_session):
    pass

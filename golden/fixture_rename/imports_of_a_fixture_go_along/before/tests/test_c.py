from . import fixtures
import tests.fixtures as fx


def test_c():
    from tests.fixtures import db

    return fixtures.db, fx.db.__wrapped__, db

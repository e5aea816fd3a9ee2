from . import fixtures
import tests.fixtures as fx


def test_c():
    from tests.fixtures import db_session

    return fixtures.db_session, fx.db_session.__wrapped__, db_session

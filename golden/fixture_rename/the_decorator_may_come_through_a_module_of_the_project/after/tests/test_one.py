from .compat import fixture, mark


@fixture
def db_session():
    return 1


@mark.parametrize("n", [1])
def test_one(db_session, n):
    assert db_session


@mark.usefixtures("db_session")
def test_two():
    pass

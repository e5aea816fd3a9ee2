from .compat import fixture, mark


@fixture
def db():
    return 1


@mark.parametrize("n", [1])
def test_one(db, n):
    assert db


@mark.usefixtures("db")
def test_two():
    pass

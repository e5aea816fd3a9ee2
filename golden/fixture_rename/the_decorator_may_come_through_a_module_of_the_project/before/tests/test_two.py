from .own import fixture


@fixture
def db():
    return 1


def test_three():
    assert db

from pytest import fixture


@fixture
def thing():
    return 1

from .own import fixture


@fixture
def db():
    return 1

# args: --symbol conftest.db --to session
# path: conftest.py
def fixture(function):
    return function


@fixture
def db():
    return 1


DB = db()
# output
def fixture(function):
    return function


@fixture
def session():
    return 1


DB = session()

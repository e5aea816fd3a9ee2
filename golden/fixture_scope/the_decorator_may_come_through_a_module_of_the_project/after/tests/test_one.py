from .compat import fx, pt


@fx(scope="function")
def db():
    return 1


@pt.fixture(scope="function")
def database():
    return 1

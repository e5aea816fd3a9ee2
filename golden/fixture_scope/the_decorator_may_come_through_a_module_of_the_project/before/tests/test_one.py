from .compat import fx, pt


@fx
def db():
    return 1


@pt.fixture()
def database():
    return 1
